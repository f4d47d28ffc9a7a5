import KugelText

/// What signs of Markdown are, by what follows them. While the look is undecided the answers do not count.
extension Lookahead {
  /// The end of a run of one sign.
  mutating func run(from start: Int) -> Int {
    let mark = at(start)
    return skip(start) { $0 == mark }
  }

  /// Whether a word stands within the limit.
  mutating func reaches(_ end: String, from start: Int) -> Bool {
    var index = start
    while index < start + Lookahead.limit, at(index) != nil {
      if matches(end, at: index, ignoringCase: true) { return true }
      index += 1
    }
    return false
  }

  /// The end of a run of backticks, and whether code begins there: its end must come within the limit, or
  /// else the text is too long to wait for it.
  mutating func code(from start: Int) -> (end: Int, begins: Bool) {
    let end = run(from: start)
    var place = end
    while place < end + Lookahead.limit, let scalar = at(place) {
      guard scalar == "`" else {
        place += 1
        continue
      }
      let closing = run(from: place)
      if closing - place == end - start { return (end, true) }
      place = closing
    }
    return (end, place >= end + Lookahead.limit)
  }

  /// Prices stay prices: a formula touches both its signs, no digit follows it, and one that begins
  /// with a digit has a sign of mathematics in it.
  mutating func isFormula(from start: Int, after last: Unicode.Scalar) -> Bool {
    guard !last.isWordPart, let first = at(start + 1), !first.isWhite else { return false }
    var index = start + 1
    var hasSign = false
    while index < start + Lookahead.limit, let scalar = at(index) {
      if scalar == "$" {
        guard let before = at(index - 1), !before.isWhite, before != "\\" else { return false }
        if let next = at(index + 1), next.isWordPart { return false }
        return hasSign || !first.isDigit && !first.isUpper || index - start <= 4 && !first.isDigit
      }
      switch scalar {
      case "\\", "^", "_", "=", "{", "<", ">", "+": hasSign = true
      case "\n": return false
      default: break
      }
      index += 1
    }
    return false
  }
}

extension Unicode.Scalar {
  var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
