import KugelSession

/// The commands of a conversation by name: what parsers, `/help` and the man page go by.
package enum CommandName: String, CaseIterable, Sendable {
  case end, send, say, flush, cancel, set, wait, mark, pause, resume, back, on, volume, save, expect
  case status
  case usage, voices, help, quit

  /// What follows the name on a line, or may.
  package var arguments: String {
    switch self {
    case .send, .say: "TEXT"
    case .cancel: "after DURATION"
    case .set: "KEY=VALUE..."
    case .wait: "final|heard|DURATION"
    case .mark: "NAME"
    case .volume: "DECIBELS"
    case .save: "FILE|off"
    case .expect: "WHAT < VALUE"
    case .status: "TURN"
    case .voices: "WORD"
    case .end, .flush, .pause, .resume, .back, .on, .usage, .help, .quit: ""
    }
  }

  /// Whether the name may stand alone where something can follow it.
  package var mayStandAlone: Bool {
    switch self {
    case .cancel, .status, .voices: true
    default: false
    }
  }

  /// The members of the JSON object beside `op` and `id`.
  package var members: String {
    switch self {
    case .send, .say: "text"
    case .cancel: "after_ms"
    case .set: "a member for each key"
    case .wait: "for (final or heard) or ms"
    case .mark: "name"
    case .volume: "db"
    case .save: "file, absent to end"
    case .expect: "that, as on a line"
    case .status: "turn"
    case .voices: "word"
    case .end, .flush, .pause, .resume, .back, .on, .usage, .help, .quit: ""
    }
  }

  package var meaning: String {
    switch self {
    case .end: "end the turn, as a blank line does"
    case .send: "send exactly, without a newline"
    case .say: "send and end the turn"
    case .flush: "make the engine speak what it holds"
    case .cancel: "barge in: silence, and the turn is dropped"
    case .set: "change values for the next turn"
    case .wait: "wait for the service, for the sound, or for a time"
    case .mark: "tell when the text up to here has been heard"
    case .pause: "hold the sound"
    case .resume: "let the sound go on"
    case .back: "hear the sentence again, or the one before"
    case .on: "pass over the rest of the sentence"
    case .volume: "set the level of the sound"
    case .save: "record what is heard from here on"
    case .expect: "check the last turn; a miss makes the exit status 1"
    case .status: "the figures of the last turn, or of one"
    case .usage: "what all turns came to"
    case .voices: "list the voices that have a word in their name or language"
    case .help: "list these commands"
    case .quit: "let everything said be heard, then leave"
    }
  }

  /// `cancel [after DURATION]`.
  package var form: String {
    if arguments.isEmpty { return rawValue }
    return rawValue + " " + (mayStandAlone ? "[\(arguments)]" : arguments)
  }
}
