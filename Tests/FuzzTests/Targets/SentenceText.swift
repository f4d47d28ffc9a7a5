@testable import KugelText

extension FuzzTarget {
  /// Sentences of a growing text, and parts of a long one: nothing is lost, however it comes.
  static let sentences = FuzzTarget("sentences") { input in
    let text = input.text
    let language = ["en", "de", "fr", "pl", nil][input.count % 5]
    for limit in [Int.max, 20] {
      var whole = SentenceSplitter(language: language, pieceLimit: limit)
      try isAll(text, of: whole.append(text) + whole.finish())
      var cut = SentenceSplitter(language: language, pieceLimit: limit)
      var cuts = Cuts(of: input)
      var pieces: [String] = []
      for piece in cuts.texts(of: text) {
        pieces += cut.append(piece)
        if cuts.next() % 8 == 0 { pieces += cut.release() }
      }
      try isAll(text, of: pieces + cut.finish())
      try same(cut.pendingCount, 0, "nothing waits behind the end")
    }
    let parts = TextLimiter.parts(of: text, limit: 20, language: language)
    try same(parts.joined(), text, "the parts of a text joined are the text")
    try hold(parts.allSatisfy { $0.unicodeScalars.count <= 20 }, "no part is over its limit")
    let sentences = SentenceSplitter.sentences(in: text, language: language)
    try same(sentences.joined(), text, "the sentences of a text joined are the text")
  }

  /// An open `<spell>` is closed at the end, so that much may be more.
  private static func isAll(_ text: String, of pieces: [String]) throws(Finding) {
    let joined = Array(pieces.joined().unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    guard joined.starts(with: scalars) else {
      throw Finding(description: "a text \(text.debugDescription) came out as \(pieces)")
    }
    let more = joined.dropFirst(scalars.count)
    try hold(
      Array("</spell>".unicodeScalars).suffix(more.count).elementsEqual(more),
      "nothing was added to \(text.debugDescription): \(pieces)")
  }
}
