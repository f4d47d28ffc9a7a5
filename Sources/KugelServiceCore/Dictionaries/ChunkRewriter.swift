import KugelNumbers
import KugelText

/// What a service makes of a chunk of text before it is spoken: words of dictionaries are said as those have
/// it, then numbers and signs in words.
///
/// A service's dictionaries and a lexicon file are one mechanism: whole words only, the longest first;
/// where two are equally long, the one that minds letter case, then the earlier dictionary. A sound (`ipa`)
/// counts more than a replacement. Tags, and what is to be spelled, stay as they are.
///
/// Source: protocol notes, sections 3.5, 12.1 and 12.3.
package struct ChunkRewriter: Sendable {
  private let steps: GuardedSteps
  package let isEmpty: Bool

  /// - Parameters:
  ///   - language: what is spoken, ISO 639-1.
  ///   - takesIPA: whether who speaks understands a sound; else an entry that has only one changes nothing.
  ///   - numbers: nil leaves them as they are written.
  package init(
    _ dictionaries: [ReplacementDictionary] = [], language: String?, takesIPA: Bool = false,
    numbers: Numbers? = nil
  ) {
    let entries = dictionaries.flatMap(\.entries).map { entry in
      Lexicon.Entry(
        word: entry.word, replacement: entry.replacement, ipa: entry.ipa,
        caseSensitive: entry.caseSensitive)
    }
    let lexicon = LexiconStage(Lexicon(entries), language: language, takesIPA: takesIPA)
    var stages: [any TextStage] = lexicon.isEmpty ? [] : [lexicon]
    if let numbers, let stage = NumberStage(language: language, spellsAll: numbers == .all) {
      stages.append(stage)
    }
    steps = GuardedSteps(stages)
    isEmpty = stages.isEmpty
  }

  package enum Numbers: Equatable, Sendable {
    /// What an engine would read wrongly.
    case unclear
    case all
  }

  /// - Returns: what is said; its source is the text.
  package func rewrite(_ text: String) -> SourcedText {
    let written = SourcedText(text)
    guard !isEmpty else { return written }
    var steps = steps
    var said = SourcedText()
    steps.feed(written, into: &said)
    steps.end(into: &said)
    return said
  }
}
