/// How a run ended, told to the shell. Documented in the man page from `meaning`.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case partial = 1
  case usage = 64
  case badInput = 65
  case unreadableInput = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case ioFailed = 74
  case tryAgain = 75
  case protocolError = 76
  case refused = 77
  case badConfiguration = 78
  case outOfCredit = 79
  case hungUp = 129
  case interrupted = 130
  case readerGone = 141
  case terminated = 143

  /// What the code stands for; a fragment without a stop.
  package var meaning: String {
    switch self {
    case .done: "done"
    case .partial: "finished, but some items failed, or a limit of kugel bench was missed"
    case .usage: "wrong usage: an unknown option, a value out of range, an unknown voice"
    case .badInput: "bad input: nothing to say, an error in a script, a model's refusal"
    case .unreadableInput: "an input could not be read"
    case .unavailable: "the speech service or engine is not available"
    case .internalError: "internal error; please report it"
    case .cannotCreate: "an output could not be made: it exists, or may not be written"
    case .ioFailed: "sound or file output failed: no sound device, full disk"
    case .tryAgain: "time-out, rate limit, or an answer that was cut; try again later"
    case .protocolError: "the service sent something unexpected or malformed"
    case .refused: "the service refused the key, or the key is missing"
    case .badConfiguration: "an error in a configuration file"
    case .outOfCredit: "the account at the service is out of credit"
    case .hungUp: "ended by the signal HUP, after cleaning up"
    case .interrupted: "ended by the signal INT, after cleaning up"
    case .readerGone: "the reader of standard output went away; no message"
    case .terminated: "ended by the signal TERM, after cleaning up"
    }
  }
}
