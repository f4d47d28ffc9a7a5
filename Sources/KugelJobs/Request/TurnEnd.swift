/// What ends a turn of `kugel stream`.
package enum TurnEnd: Equatable, Sendable {
  case endOfInput
  case blankLine
  case line
  case nul
  /// Nothing has arrived for so long.
  case idle(milliseconds: Int)

  package static let idleRange = 10...60_000

  package static let choices = [
    Choice("eof", "the whole input is one turn; the default"),
    Choice("blank", "a blank line ends a turn"),
    Choice("line", "every line is a turn"),
    Choice("nul", "a NUL byte ends a turn"),
    Choice("idle:", rest: "MS", "a turn ends when nothing has arrived for MS milliseconds"),
  ]

  package init(_ text: String) throws(BadValue) {
    switch text {
    case "eof": self = .endOfInput
    case "blank": self = .blankLine
    case "line": self = .line
    case "nul": self = .nul
    default:
      guard text.hasPrefix("idle:") else { throw BadValue(unknown: text, of: Self.choices) }
      guard let pause = Int(text.dropFirst(5)), Self.idleRange.contains(pause) else {
        throw BadValue(
          expected:
            "idle:MS with \(Self.idleRange.lowerBound) to \(Self.idleRange.upperBound) milliseconds"
        )
      }
      self = .idle(milliseconds: pause)
    }
  }
}

/// How soon `kugel stream` speaks what has arrived.
package enum Preset: String, ChoiceValue, Sendable {
  case fast
  case balanced
  case quality

  package var meaning: String {
    switch self {
    case .fast: "speaks soonest, in small pieces"
    case .balanced: "speaks sentence by sentence; the default"
    case .quality: "waits for longer pieces, for a more natural melody"
    }
  }
}
