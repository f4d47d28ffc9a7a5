import KugelText

/// The tags round what a model thinks, and the control tokens of the harmony format.
struct ReasoningTag {
  enum Kind: Equatable {
    case opening
    case closing
    /// A control token, or a message's whole header.
    case token
  }

  var kind: Kind
  /// In lower case, with what sets its family apart.
  var name: String
  var end: Int

  static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == "[" || scalar == "◁"
  }

  static func read(_ look: inout Lookahead, _ start: Int) -> ReasoningTag? {
    switch look.at(start) {
    case "<": look.at(start + 1) == "|" ? harmony(&look, start) : element(&look, start)
    case "[": bracketed("think", "[", "]", &look, start)
    case "◁": bracketed("think", "◁", "▷", &look, start)
    default: nil
    }
  }

  private static let names = ["think", "thinking", "reasoning", "thought", "seed:think"]

  private static func element(_ look: inout Lookahead, _ start: Int) -> ReasoningTag? {
    let isClosing = look.at(start + 1) == "/"
    let first = start + (isClosing ? 2 : 1)
    for name in names where look.matches(name, at: first, ignoringCase: true) {
      let end = first + name.unicodeScalars.count
      let next = look.at(end)
      if next.map({ $0.isWordPart || $0 == "-" || $0 == "_" }) ?? false { continue }
      var place = end
      if next?.isWhite ?? false {
        place = look.skip(end) { $0 != ">" && $0 != "<" && $0 != "\n" }
        guard isClosing || isAttribute(&look, look.skip(end) { $0 == " " }, before: place) else {
          continue
        }
      }
      if look.at(place) == "/", look.at(place + 1) == ">" {
        return ReasoningTag(kind: .token, name: name, end: place + 2)
      }
      guard look.at(place) == ">" else { continue }
      return ReasoningTag(kind: isClosing ? .closing : .opening, name: name, end: place + 1)
    }
    return nil
  }

  private static func isAttribute(_ look: inout Lookahead, _ start: Int, before end: Int) -> Bool {
    let name = look.skip(start) { $0.isWordPart || $0 == "-" || $0 == "_" || $0 == ":" }
    return start == end || name > start && look.at(name) == "="
  }

  private static func bracketed(
    _ name: String, _ opening: String, _ closing: String, _ look: inout Lookahead, _ start: Int
  ) -> ReasoningTag? {
    let isClosing = look.at(start + 1) == "/"
    let first = start + (isClosing ? 2 : 1)
    guard look.matches(name + closing, at: first, ignoringCase: true) else { return nil }
    return ReasoningTag(
      kind: isClosing ? .closing : .opening, name: opening + name,
      end: first + name.unicodeScalars.count + 1)
  }

  // MARK: - Harmony

  /// What ends a message.
  private static let ends = ["end", "return", "call"]
  private static let tokens = ["start", "channel", "message", "constrain"] + ends
  /// A message's header is no longer than this.
  static let longestHeader = 256

  /// A message's header begins with "<|start|>" or "<|channel|>" and ends with "<|message|>". What it
  /// heads is thought, or for a tool, or the answer.
  private static func harmony(_ look: inout Lookahead, _ start: Int) -> ReasoningTag? {
    guard let token = tokens.first(where: { look.matches("<|\($0)|>", at: start) }) else {
      return nil
    }
    let end = start + token.unicodeScalars.count + 4
    if ends.contains(token) { return ReasoningTag(kind: .closing, name: "<|", end: end) }
    guard token == "start" || token == "channel" else {
      return ReasoningTag(kind: .token, name: "<|", end: end)
    }
    var header = ""
    var index = end
    while index < start + longestHeader, let scalar = look.at(index), scalar != "\n" {
      if scalar == "<", look.matches("<|message|>", at: index) {
        let isHidden =
          header.contains("analysis") || header.contains("to=") || header.hasPrefix("system")
        return ReasoningTag(kind: isHidden ? .opening : .token, name: "<|", end: index + 11)
      }
      header.unicodeScalars.append(scalar)
      index += 1
    }
    return ReasoningTag(kind: .token, name: "<|", end: end)
  }
}
