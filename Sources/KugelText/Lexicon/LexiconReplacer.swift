/// Puts a lexicon's sounds in the place of its words in texts that are complete.
///
/// Tags, and what stands inside `<spell>`, stay as they are.
package struct LexiconReplacer: Sendable {
  private let stage: LexiconStage

  package init(_ lexicon: Lexicon, language: String? = nil, takesIPA: Bool = false) {
    stage = LexiconStage(lexicon, language: language, takesIPA: takesIPA)
  }

  package var isEmpty: Bool { stage.isEmpty }

  /// - Returns: the text as it is to be said; its source is the text.
  package func rewrite(_ text: String) -> SourcedText {
    let written = SourcedText(text)
    guard !isEmpty else { return written }
    var steps = GuardedSteps([stage])
    var said = SourcedText()
    steps.feed(written, into: &said)
    steps.end(into: &said)
    return said
  }
}
