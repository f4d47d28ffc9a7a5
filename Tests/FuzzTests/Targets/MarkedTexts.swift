@testable import KugelServiceCore
@testable import KugelText

extension FuzzTarget {
  /// Markup: taken out of a text that is whole or comes in pieces, read for an engine, and passed over
  /// by the replacements of dictionaries.
  static let markup = FuzzTarget("markup") { input in
    let text = input.text
    for kept in [Set<String>(), ["break"], ["break", "prosody", "spell"]] {
      var (whole, cut) = (MarkupRemover(keeping: kept), MarkupRemover(keeping: kept))
      let expected = whole.take(text) + whole.finish()
      var cuts = Cuts(of: input)
      var found = ""
      for piece in cuts.texts(of: text) { found += cut.take(piece) }
      found += cut.finish()
      try same(found, expected, "markup is taken out alike, however the text comes")
      if kept.count == MarkupTag.known.count {
        try same(expected, text, "nothing is taken out where all tags stay")
      }
    }
    try readsForEngine(text)
    let none = WordReplacer([])
    try same(none.rewrite(text), text, "without dictionaries a text stays as it is")
  }

  private static func readsForEngine(_ text: String) throws(Finding) {
    guard let marked = try? SpeechMarkup.parse(text, language: "en") else { return }
    let count = text.unicodeScalars.count
    for run in marked.runs {
      guard case .speech(let spoken, _) = run else { continue }
      try same(
        spoken.map.count, spoken.string.unicodeScalars.count,
        "each scalar of a run knows its source")
      let source = spoken.source(of: 0..<spoken.count)
      try hold(
        source.lowerBound >= 0 && source.upperBound <= count,
        "the source of a run lies in the text: \(source) of \(count)")
    }
  }
}
