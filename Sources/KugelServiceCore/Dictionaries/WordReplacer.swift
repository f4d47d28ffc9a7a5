import KugelText

/// Puts the replacements of dictionaries in the place of their words.
///
/// A service's dictionaries and a lexicon file are one mechanism: whole words only, the longest first;
/// where two are equally long, the one that minds letter case, then the earlier dictionary.
package struct WordReplacer: Sendable {
  private let replacer: LexiconReplacer

  /// An entry that has only a sound (`ipa`) changes nothing: no engine here takes one.
  package init(_ dictionaries: [ReplacementDictionary]) {
    replacer = LexiconReplacer(
      Lexicon(
        dictionaries.flatMap(\.entries).map { entry in
          Lexicon.Entry(
            word: entry.word, replacement: entry.replacement, ipa: entry.ipa,
            caseSensitive: entry.caseSensitive)
        }))
  }

  package var isEmpty: Bool { replacer.isEmpty }

  package func rewrite(_ text: String) -> String { replacer.rewrite(text).string }
}
