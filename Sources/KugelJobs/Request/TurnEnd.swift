import KugelText
import KugelWire

// What ends a turn of `kugel stream`, as `--turn` takes it.
extension TurnEnd {
  package static let idleRange = Duration.milliseconds(10)...Duration.seconds(60)

  package static let choices = [
    Choice("eof", "the whole input is one turn; the default"),
    Choice("blank", "a blank line ends a turn"),
    Choice("line", "every line is a turn"),
    Choice("nul", "a NUL byte ends a turn"),
    Choice(
      "idle:", rest: "TIME",
      "a turn ends when nothing has arrived for so long; a number alone is ms"),
  ]

  package init(_ text: String) throws(BadValue) {
    switch text {
    case "eof": self = .endOfInput
    case "blank": self = .blankLine
    case "line": self = .line
    case "nul": self = .nul
    default:
      guard text.hasPrefix("idle:") else { throw BadValue(unknown: text, of: Self.choices) }
      let pause = Measures.duration(
        text.dropFirst(5), bare: .milliseconds, in: Self.idleRange)
      guard let pause else {
        throw BadValue(expected: "idle:TIME with " + BadValue.time(in: Self.idleRange))
      }
      self = .idle(.milliseconds(Int((pause / .milliseconds(1)).rounded())))
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
