import KugelSession

/// Words and strings in quotes, as in `voice="Anna B"`.
package enum Quoting {
  /// Splits at white space outside quotes; quotes may stand anywhere in a word.
  ///
  /// - Throws: for a quote that is not closed or an escape that is none.
  static func words(_ text: some StringProtocol) throws(ConversationProblem) -> [String] {
    var words: [String] = []
    var word: String?
    var rest = Substring(text)
    while let next = rest.first {
      if next.isWhitespace {
        rest.removeFirst()
        if let whole = word { words.append(whole) }
        word = nil
      } else if next == "\"" {
        word = (word ?? "") + (try quoted(&rest))
      } else {
        rest.removeFirst()
        word = (word ?? "") + String(next)
      }
    }
    if let whole = word { words.append(whole) }
    return words
  }

  /// The rest of a line as it stands, or what the quotes around it hold.
  static func whole(_ text: Substring) throws(ConversationProblem) -> String {
    guard text.first == "\"" else { return String(text) }
    var rest = text
    let inside = try quoted(&rest)
    guard rest.allSatisfy(\.isWhitespace) else {
      throw ConversationProblem("there is text behind the closing quote")
    }
    return inside
  }

  /// Takes one quoted string off the front of `text`.
  private static func quoted(_ text: inout Substring) throws(ConversationProblem) -> String {
    text.removeFirst()
    var inside = ""
    while let next = text.popFirst() {
      switch next {
      case "\"": return inside
      case "\\": inside.append(try escape(&text))
      default: inside.append(next)
      }
    }
    throw ConversationProblem("a quote is not closed")
  }

  private static func escape(_ text: inout Substring) throws(ConversationProblem) -> Character {
    guard let kind = text.popFirst() else { throw ConversationProblem("a quote is not closed") }
    switch kind {
    case "\"", "\\", "/": return kind
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "u":
      let digits = text.prefix(4)
      guard digits.count == 4, digits.allSatisfy({ $0.isASCII }),
        let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
      else { throw ConversationProblem("\\u takes four hexadecimal digits of a character") }
      text.removeFirst(4)
      return Character(scalar)
    default:
      throw ConversationProblem(
        "\\\(kind) is no escape; known are \\\" \\\\ \\/ \\n \\t \\r \\uXXXX")
    }
  }

  /// In quotes, on one line, as `words` and `whole` read it again.
  package static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result += shown(scalar)
    }
    return result + "\""
  }

  /// Whatever a text from afar holds, on one line and without control characters.
  static func oneLine(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += shown($1) }
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x0A: return "\\n"
    case 0x09: return "\\t"
    case 0x0D: return "\\r"
    case ..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
