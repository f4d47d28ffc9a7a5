extension WordTime {
  /// The score of a time that nobody measured.
  package static let estimate = 0.0

  /// Whether nobody measured it.
  package var isEstimated: Bool { score == Self.estimate }

  /// When the words of a text are spoken that lasts so long, each for as long as its share of the
  /// characters; tags are none.
  package static func estimated(in text: String, milliseconds: Int) -> [WordTime] {
    var words: [WordTime] = []
    var scalars = Array(text.unicodeScalars)[...]
    /// Characters that are spoken, up to each word's begin and end.
    var spans: [(from: Int, to: Int)] = []
    var spoken = 0
    while let scalar = scalars.first {
      if scalar == "<", let end = scalars.firstIndex(of: ">") {
        scalars = scalars[(end + 1)...]
      } else if scalar.properties.isWhitespace {
        scalars.removeFirst()
        spoken += 1
      } else {
        let length = max(1, scalars.prefix { !$0.properties.isWhitespace && $0 != "<" }.count)
        let range = scalars.startIndex..<scalars.startIndex + length
        let word = scalars[range]
        scalars = scalars[range.upperBound...]
        spans.append((spoken, spoken + length))
        spoken += length
        words.append(
          WordTime(
            word: String(String.UnicodeScalarView(word)), startMilliseconds: 0,
            endMilliseconds: 0, characterStart: range.lowerBound, characterEnd: range.upperBound,
            score: estimate))
      }
    }
    for (index, span) in spans.enumerated() {
      words[index].startMilliseconds = span.from * milliseconds / spoken
      words[index].endMilliseconds = span.to * milliseconds / spoken
    }
    return words
  }
}
