/// How fast a file or a pipe is written.
package enum Pace: String, ChoiceValue, Sendable {
  case fast, realtime

  package var meaning: String {
    switch self {
    case .fast: "as fast as it comes"
    case .realtime: "as it sounds, in frames of 20 ms"
    }
  }
}

/// Whether a status line is shown.
package enum ProgressMode: String, ChoiceValue, Sendable {
  case auto, always, never

  package var meaning: String {
    switch self {
    case .auto: "on a terminal"
    case .always: "also elsewhere"
    case .never: "nowhere"
    }
  }
}

/// Whether the text is shown as it is spoken.
package enum Karaoke: String, ChoiceValue, Sendable {
  case word, line

  package var meaning: String {
    switch self {
    case .word: "mark the word"
    case .line: "mark the sentence"
    }
  }
}
