import KugelText

/// Turns espeak's word events into the words of the text, every one of them.
///
/// A number read in several words is one word here, and a part such as the "don" of "don't" or the
/// "well" of "well-known" is completed. A word that espeak speaks together with its neighbour has no
/// event: it gets a share of the neighbour's time. An event on a sign that is not spoken belongs to the
/// word behind it.
struct WordTracker {
  private struct Current {
    var range: Range<Int>
    var start: Int
    /// Whether it holds neither letter nor digit.
    var isSign: Bool
  }

  private let scalars: [Unicode.Scalar]
  private var current: Current?
  /// Words before this offset are told, or lie before the current one.
  private var covered = 0
  /// Words before the first event.
  private var leading: [Range<Int>] = []

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// - Parameters:
  ///   - offset: Unicode scalars before the word.
  ///   - length: Unicode scalars of the word, as far as espeak says.
  ///   - time: milliseconds from the start of the utterance.
  /// - Returns: the words that ended here.
  mutating func begin(offset: Int, length: Int, at time: Int) -> [WordTime] {
    var start = max(0, offset)
    // Behind a doubled sign espeak counts one too few, and means the word behind the space.
    while start < scalars.count, scalars[start].properties.isWhitespace { start += 1 }
    let end = min(max(offset + length, start + 1), scalars.count)
    guard start < end, start >= current?.range.upperBound ?? covered else { return [] }
    if current == nil { leading = words(in: covered..<start) }
    let ended = close(before: start, at: time)
    let range = start..<end
    current = Current(
      range: range, start: time, isSign: !scalars[range].contains { $0.isPartOfWord })
    return ended
  }

  /// - Parameter time: milliseconds from the start of the utterance to the end of speech.
  mutating func finish(at time: Int) -> [WordTime] {
    close(before: scalars.count, at: time)
  }

  private mutating func close(before limit: Int, at time: Int) -> [WordTime] {
    guard let word = current else { return [] }
    let whole = word.range.lowerBound..<completed(word.range.upperBound, limit: limit)
    let missing = words(in: whole.upperBound..<limit)
    current = nil
    covered = limit
    defer { leading = [] }
    // A sign without a sound of its own: the event was that of the word behind it.
    let spoken = word.isSign && !missing.isEmpty ? missing : [whole] + missing
    return Self.shared(leading + spoken, from: word.start, to: max(word.start, time))
      .map { range, start, end in
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return WordTime(
          word: String(text), startMilliseconds: start, endMilliseconds: end,
          characterStart: range.lowerBound, characterEnd: range.upperBound)
      }
  }

  /// Each word gets a share of the time by its length.
  private static func shared(
    _ words: [Range<Int>], from start: Int, to end: Int
  ) -> [(range: Range<Int>, start: Int, end: Int)] {
    let total = words.reduce(0) { $0 + $1.count }
    var done = 0
    return words.map { word in
      let from = start + (end - start) * done / total
      done += word.count
      return (word, from, start + (end - start) * done / total)
    }
  }

  /// Stretches without a space that hold a letter or digit, from the first to the last of those.
  private func words(in range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var first: Int?
    var last = range.lowerBound
    for index in range {
      if scalars[index].isPartOfWord {
        first = first ?? index
        last = index
      } else if let start = first, scalars[index].properties.isWhitespace {
        words.append(start..<last + 1)
        first = nil
      }
    }
    if let first { words.append(first..<last + 1) }
    return words
  }

  /// To the last letter or digit before the next space.
  private func completed(_ end: Int, limit: Int) -> Int {
    var (end, index) = (end, end)
    while index < limit, !scalars[index].properties.isWhitespace {
      index += 1
      if scalars[index - 1].isPartOfWord { end = index }
    }
    return end
  }
}

extension Unicode.Scalar {
  /// Letters, digits, and the marks that belong to them.
  var isPartOfWord: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
