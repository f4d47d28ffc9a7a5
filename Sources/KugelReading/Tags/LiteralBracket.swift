import KugelText

/// A "<" that was written to be read: escaped, as an entity, or in code. It begins no tag, whoever comes
/// after; until the tags are read a private one stands for it.
enum LiteralBracket {
  static let scalar: Unicode.Scalar = "\u{10FFFD}"

  /// Copies a part of a text whose brackets are no tags'.
  static func append(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    var start = range.lowerBound
    for index in range where text.scalars[index] == "<" {
      output.append(text, start..<index)
      output.append(scalar, standingFor: text.source(of: index..<(index + 1)))
      start = index + 1
    }
    output.append(text, start..<range.upperBound)
  }
}
