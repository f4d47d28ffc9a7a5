/// A text in the form in which libespeak-ng takes it literally.
struct EspeakText {
  /// UTF-8 with a closing zero; as many Unicode scalars as the text, so that offsets agree.
  let bytes: [UInt8]
  /// Whether the pause that belongs behind the text's last sign is to be spoken.
  let endsClause: Bool

  init(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars { Self.append(scalar, to: &bytes) }
    bytes.append(0)
    self.bytes = bytes
    endsClause = Self.endsClause(text)
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    guard !scalar.isASCII else {
      let byte = UInt8(scalar.value)
      bytes.append(isCommand(byte) ? UInt8(ascii: " ") : byte)
      return
    }
    switch scalar.properties.generalCategory {
    case .decimalNumber:
      // In a voice of another script the library looks such digits up in memory it has freed.
      bytes.append(UInt8(ascii: "0") + UInt8(scalar.properties.numericValue ?? 0))
    case .unassigned:
      bytes.append(UInt8(ascii: " "))
    default:
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// U+0001 begins an espeak command ("\u{1}90P" sets the pitch for good) and zero would end the
  /// text; of the other control characters none can be heard.
  private static func isCommand(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): false
    default: byte < 0x20 || byte == 0x7f
    }
  }

  /// A text that stops in the middle of a sentence goes on in the next one, without a pause; one
  /// that stops with a sign or at the end of a line does not.
  private static func endsClause(_ text: String) -> Bool {
    for scalar in text.unicodeScalars.reversed() {
      if scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" { return true }
      if scalar.properties.isWhitespace { continue }
      return switch scalar.properties.generalCategory {
      case .otherPunctuation, .closePunctuation, .finalPunctuation, .initialPunctuation: true
      default: false
      }
    }
    return false
  }
}
