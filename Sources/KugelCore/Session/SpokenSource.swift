/// A text as it was sent, in which the chunks and words that a service speaks are looked for.
struct SpokenSource {
  private let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var count: Int { scalars.count }

  func skippingBlanks(from start: Int) -> Int {
    scalars[start...].firstIndex { !$0.properties.isWhitespace } ?? count
  }

  /// Where a chunk stands that begins at `start`, white space aside.
  ///
  /// White space is not compared: services trim it, and may fold it.
  func span(of chunk: String, from start: Int) -> Range<Int>? {
    let first = skippingBlanks(from: start)
    var place = first
    var end = first
    for scalar in chunk.unicodeScalars where !scalar.properties.isWhitespace {
      place = skippingBlanks(from: place)
      guard place < count, scalars[place] == scalar else { return nil }
      place += 1
      end = place
    }
    return first..<end
  }

  /// The source's words that are these spoken words; nil where none is, as for numbers that were
  /// written out.
  ///
  /// Spoken words without a place may stand for as many words of the source.
  func places(of words: [WordTime], in range: Range<Int>) -> [Range<Int>?] {
    var tokens = tokens(in: range)[...]
    var unmatched = 0
    return words.map { word in
      let spoken = Self.folded(word.word.unicodeScalars)
      let near = tokens.prefix(unmatched + 1)
      guard let index = near.firstIndex(where: { Self.folded(scalars[$0]) == spoken }) else {
        unmatched += 1
        return nil
      }
      unmatched = 0
      tokens = tokens[(index + 1)...]
      return near[index]
    }
  }

  /// Runs between white space that hold a letter or digit.
  private func tokens(in range: Range<Int>) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start: Int?
    for index in range.lowerBound...range.upperBound {
      let ends = index == range.upperBound || scalars[index].properties.isWhitespace
      if ends, let begin = start {
        if !Self.folded(scalars[begin..<index]).isEmpty { tokens.append(begin..<index) }
        start = nil
      } else if !ends && start == nil {
        start = index
      }
    }
    return tokens
  }

  /// Letters and digits, case aside.
  private static func folded(_ word: some Sequence<Unicode.Scalar>) -> String {
    var letters = String.UnicodeScalarView()
    for scalar in word where scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    {
      letters.append(scalar)
    }
    return String(letters).lowercased()
  }
}
