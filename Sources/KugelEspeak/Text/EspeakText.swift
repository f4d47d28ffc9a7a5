/// A text in the form in which libespeak-ng takes it literally.
enum EspeakText {
  /// As many scalars as the text, so that offsets agree.
  static func scalars(of text: String) -> [Unicode.Scalar] { text.unicodeScalars.map(literal) }

  private static func literal(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return isCommand(scalar.value) ? " " : scalar }
    switch scalar.properties.generalCategory {
    case .decimalNumber:
      // In a voice of another script the library looks such digits up in memory it has freed.
      return Unicode.Scalar(UInt8(ascii: "0") + UInt8(scalar.properties.numericValue ?? 0))
    // Of a private sign nobody knows what it means; the library takes some of them for commands.
    case .unassigned, .privateUse: return " "
    default: return scalar
    }
  }

  /// U+0001 begins an espeak command ("\u{1}90P" sets the pitch for good) and zero would end the
  /// text; of the other control characters none can be heard.
  private static func isCommand(_ value: UInt32) -> Bool {
    switch Unicode.Scalar(value) {
    case "\t", "\n", "\r": false
    default: value < 0x20 || value == 0x7f
    }
  }

  /// UTF-8 with a closing zero.
  static func bytes(of scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in scalars {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    bytes.append(0)
    return bytes
  }

  /// Whether the pause that belongs behind the text's last sign is to be spoken.
  ///
  /// A text that stops in the middle of a sentence goes on in the next one, without a pause; one
  /// that stops with a sign or at the end of a line does not.
  ///
  /// - Parameter lines: how many ends of lines it takes; a line's end inside a text is no sign.
  static func endsClause(
    _ scalars: some BidirectionalCollection<Unicode.Scalar>, lines: Int = 1
  ) -> Bool {
    var ends = 0
    for scalar in scalars.reversed() {
      if scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" {
        ends += 1
        if ends == lines { return true }
      }
      if scalar.properties.isWhitespace { continue }
      return switch scalar.properties.generalCategory {
      case .otherPunctuation, .closePunctuation, .finalPunctuation, .initialPunctuation: true
      default: false
      }
    }
    return false
  }
}
