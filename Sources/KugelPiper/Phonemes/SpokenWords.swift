/// The words of a text, and where each begins and ends in the phonemes of its sentence.
package enum SpokenWords {
  /// Stretches without a space, from their first letter or digit to the last.
  package static func ranges(in text: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var (first, last): (Int?, Int) = (nil, 0)
    for index in text.indices {
      if text[index].isOfWord {
        first = first ?? index
        last = index
      } else if text[index].properties.isWhitespace, let start = first {
        words.append(start..<last + 1)
        first = nil
      }
    }
    if let first { words.append(first..<last + 1) }
    return words
  }

  /// Aligns the phonemes of the words, each spoken alone, with those of the whole sentence, by the fewest
  /// changes.
  ///
  /// - Returns: for each word its phonemes in the sentence, in order; empty where nothing of it is left.
  package static func places(
    of words: [[Unicode.Scalar]], in sentence: [Unicode.Scalar]
  ) -> [Range<Int>] {
    var (alone, owners): ([Unicode.Scalar], [Int]) = ([], [])
    for (number, word) in words.enumerated() {
      if number > 0 {
        alone.append(" ")
        owners.append(-1)
      }
      for scalar in word where !ClauseEnding.signs.contains(scalar) {
        alone.append(scalar)
        owners.append(number)
      }
    }
    let matches = alignment(alone, sentence)
    var places: [Range<Int>?] = Array(repeating: nil, count: words.count)
    for (index, owner) in owners.enumerated() where owner >= 0 {
      guard let place = matches[index] else { continue }
      let known = places[owner] ?? place..<place + 1
      places[owner] = known.lowerBound..<max(known.upperBound, place + 1)
    }
    var end = 0
    return places.map { place in
      let start = max(end, place?.lowerBound ?? end)
      end = max(start, place?.upperBound ?? start)
      return start..<end
    }
  }

  /// Cost of putting something else in a place: a vowel differs more easily than a space from a sound.
  private static func cost(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Int32 {
    if left == right { return 0 }
    return (left == " ") != (right == " ") || isMark(left) != isMark(right) ? 4 : 2
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "ˈ" || scalar == "ˌ" || scalar == "ː"
  }

  /// - Returns: for each scalar of `left` the place in `right` that it stands at; nil where it has none.
  static func alignment(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> [Int?] {
    let width = right.count + 1
    // More than any sentence that is spoken at once; times by share of the length do then.
    guard left.count * width <= 4_000_000 else {
      return left.indices.map { right.isEmpty ? nil : $0 * right.count / left.count }
    }
    var costs = [Int32](repeating: 0, count: (left.count + 1) * width)
    for column in 0..<width { costs[column] = Int32(column) * 2 }
    for row in 1..<(left.count + 1) {
      costs[row * width] = Int32(row) * 2
      for column in 1..<width {
        let here = row * width + column
        costs[here] = min(
          costs[here - width - 1] + cost(left[row - 1], right[column - 1]),
          costs[here - width] + 2, costs[here - 1] + 2)
      }
    }
    var matches: [Int?] = Array(repeating: nil, count: left.count)
    var (row, column) = (left.count, right.count)
    while row > 0, column > 0 {
      let here = row * width + column
      if costs[here] == costs[here - width - 1] + cost(left[row - 1], right[column - 1]) {
        matches[row - 1] = column - 1
        (row, column) = (row - 1, column - 1)
      } else if costs[here] == costs[here - width] + 2 {
        row -= 1
      } else {
        column -= 1
      }
    }
    return matches
  }
}

extension Unicode.Scalar {
  /// Letters, digits, and the marks that belong to them.
  var isOfWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
