import KugelText

extension HTMLEntities {
  /// Says what an entity stands for, or its first sign where it is none.
  static func read(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let first = index + 1
    let isNumber = look.at(first) == "#"
    var end = isNumber ? first + 1 : first
    while end - index < longest, let scalar = look.at(end), scalar.value < 0x80,
      scalar.isWordPart
    {
      end += 1
    }
    var made: Unicode.Scalar?
    if end > first, look.at(end) == ";" {
      let name = text[first..<end].string
      made = isNumber ? Self.number(name.dropFirst()) : scalar(named: name)
    }
    guard !look.isUndecided else { return index }
    guard let made else {
      output.append(text, index..<(index + 1))
      return index + 1
    }
    let said = made == "<" ? LiteralBracket.scalar : made
    output.append(said, standingFor: text.source(of: index..<(end + 1)))
    return end + 1
  }

  private static func number(_ digits: Substring) -> Unicode.Scalar? {
    let isHex = digits.first == "x" || digits.first == "X"
    let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let value, value >= 0x20 else { return nil }
    return Unicode.Scalar(value)
  }
}
