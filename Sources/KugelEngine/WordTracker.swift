import KugelText

/// Turns espeak's word events into the words of the text.
///
/// A number read in several words is one word here, a word that espeak speaks together with its
/// neighbour has no event and is absent, and a part such as the "don" of "don't" or the "well" of
/// "well-known" is completed.
struct WordTracker {
  private let scalars: [Unicode.Scalar]
  private var current: (range: Range<Int>, start: Int)?

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// - Parameters:
  ///   - offset: Unicode scalars before the word.
  ///   - length: Unicode scalars of the word, as far as espeak says.
  ///   - time: milliseconds from the start of the utterance.
  /// - Returns: the word that ended here.
  mutating func begin(offset: Int, length: Int, at time: Int) -> WordTime? {
    var start = max(0, offset)
    let end = min(offset + max(1, length), scalars.count)
    while start < end, scalars[start].properties.isWhitespace { start += 1 }
    guard start < end, start >= current?.range.upperBound ?? 0 else { return nil }
    let last = close(before: start, at: time)
    current = (start..<end, time)
    return last
  }

  /// - Parameter time: milliseconds from the start of the utterance to the end of speech.
  mutating func finish(at time: Int) -> WordTime? {
    close(before: scalars.count, at: time)
  }

  private mutating func close(before limit: Int, at time: Int) -> WordTime? {
    guard let (range, start) = current else { return nil }
    current = nil
    let whole = range.lowerBound..<completed(range.upperBound, limit: limit)
    var word = String.UnicodeScalarView()
    word.append(contentsOf: scalars[whole])
    return WordTime(
      word: String(word), startMilliseconds: start, endMilliseconds: max(start, time),
      characterStart: whole.lowerBound, characterEnd: whole.upperBound)
  }

  private func completed(_ end: Int, limit: Int) -> Int {
    var end = end
    while end < limit {
      let scalar = scalars[end]
      let isInner =
        Self.joins(scalar) && end + 1 < limit && Self.isPartOfWord(scalars[end + 1])
      guard isInner || Self.isPartOfWord(scalar) else { break }
      end += 1
    }
    return end
  }

  /// Apostrophes and hyphens.
  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "\u{2019}", "-", "\u{2010}", "\u{2011}": true
    default: false
    }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
