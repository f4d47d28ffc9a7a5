@testable import KugelServiceCore
@testable import KugelText

extension FuzzTarget {
  /// Markup: taken out of a text that is whole or comes in pieces, read for an engine, and passed over
  /// by the replacements of dictionaries.
  static let markup = FuzzTarget("markup") { input in
    let text = input.text
    for kept in [Set<String>(), ["break"], ["break", "prosody", "spell"]] {
      var (whole, cut) = (MarkupRemover(keeping: kept), MarkupRemover(keeping: kept))
      let expected = joined(whole.take(text) + whole.finish())
      var cuts = Cuts(of: input)
      var found: [MarkupRemover.Piece] = []
      for piece in cuts.texts(of: text) { found += cut.take(piece) }
      found += cut.finish()
      try same(joined(found), expected, "markup is taken out alike, however the text comes")
      if kept.count == MarkupTag.known.count {
        try same(expected, text, "nothing is taken out where all tags stay")
      }
    }
    try readsForEngine(text)
    let none = ChunkRewriter(language: "en")
    try same(none.rewrite(text).string, text, "without dictionaries a text stays as it is")
    let words = ChunkRewriter(language: "en", numbers: .all).rewrite(text)
    let source = words.source(of: 0..<words.count)
    try hold(
      source.lowerBound >= 0 && source.upperBound <= text.unicodeScalars.count,
      "what is said in words has its place in the text: \(source)")
  }

  /// The pieces without tags of their own: pauses and speeds are signs that no text has.
  private static func joined(_ pieces: [MarkupRemover.Piece]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .pause(let milliseconds): "\u{0}\(milliseconds)\u{0}"
      case .speed(let speed): "\u{1}\(speed.map { "\($0)" } ?? "")\u{1}"
      }
    }.joined()
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
