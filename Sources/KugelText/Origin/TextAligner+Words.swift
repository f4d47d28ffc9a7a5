extension TextAligner {
  /// The text's words that are these spoken words; nil where none is, as for numbers that were written
  /// out.
  ///
  /// Spoken words without a place may stand for as many words of the text.
  package func places(
    of words: [String], in range: Range<Int>, markup: SourceMarkup
  ) -> [Range<Int>?] {
    var tokens = tokens(in: range, markup: markup)[...]
    var unmatched = 0
    return words.map { word in
      let spoken = Self.folded(word.unicodeScalars)
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

  /// Runs between white space and tags that hold a letter or digit. What is spelled is not spoken as
  /// it is written.
  private func tokens(in range: Range<Int>, markup: SourceMarkup) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start: Int?
    for index in range.lowerBound...range.upperBound {
      let ends =
        index == range.upperBound || scalars[index].isWhite || markup.place(at: index) != nil
      if ends, let begin = start {
        if !Self.folded(scalars[begin..<index]).isEmpty, !markup.isSpelled(begin) {
          tokens.append(begin..<index)
        }
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
    for scalar in word where scalar.isSpeakable { letters.append(scalar) }
    return String(letters).lowercased()
  }
}
