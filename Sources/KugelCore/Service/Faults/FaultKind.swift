/// What a service can do wrong on demand, so that clients can be tried.
package enum FaultKind: String, CaseIterable, Sendable {
  case delay, jitter, slow
  case dropBeforeAudio = "drop-before-audio"
  case dropAfter = "drop-after"
  case close
  case closeAfter = "close-after"
  case silent
  case silentAfter = "silent-after"
  case noHandshake = "no-handshake"
  case refuseKey = "refuse-key"
  case status
  case failTurns = "fail-turns"
  case error
  case oddBytes = "odd-bytes"
  case badBase64 = "bad-base64"
  case badJSON = "bad-json"
  case unknownFrames = "unknown-frames"
  case wrongRate = "wrong-rate"
  case hugeFrame = "huge-frame"
  case lateAfterCancel = "late-after-cancel"
  case noFinal = "no-final"
  case noUsage = "no-usage"
  case noEnd = "no-end"
  case times
  case seed

  package enum Value: Equatable, Sendable {
    case none
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// One of the numbers.
    case oneOf([Int])
    case errorName
  }

  /// What stands behind `=` in a list of faults, for people; empty where nothing does.
  package var placeholder: String {
    switch self {
    case .delay, .jitter: "MS"
    case .slow: "X"
    case .dropAfter, .closeAfter, .silentAfter, .failTurns, .lateAfterCancel, .times: "N"
    case .close: "CODE"
    case .status: "402|429|503"
    case .error: "NAME"
    case .seed: "NUMBER"
    default: ""
    }
  }

  package var value: Value {
    switch self {
    case .delay, .jitter: .integer(0...3_600_000)
    case .slow: .number(0.001...1000)
    case .dropAfter, .closeAfter, .silentAfter, .lateAfterCancel: .integer(0...1_000_000)
    case .failTurns, .times: .integer(1...1_000_000)
    case .close: .integer(1000...4999)
    case .status: .oneOf([402, 429, 503])
    case .error: .errorName
    case .seed: .integer(0...Int.max)
    default: .none
    }
  }

  /// One sentence for the manual.
  package var meaning: String {
    switch self {
    case .delay: "Each message leaves that many milliseconds late."
    case .jitter: "Each message leaves up to that many milliseconds late, by chance; order is kept."
    case .slow: "Audio leaves at X times real time: 0.5 makes a listener run dry."
    case .dropBeforeAudio: "The connection breaks where the first audio of a turn would leave."
    case .dropAfter: "The connection breaks after N audio frames."
    case .close: "The WebSocket closes with CODE where the first audio would leave."
    case .closeAfter: "With close: only after N audio frames."
    case .silent: "Nothing leaves after the upgrade; the socket stays open."
    case .silentAfter: "Nothing leaves after N audio frames; the socket stays open."
    case .noHandshake: "The upgrade is never answered."
    case .refuseKey: "The upgrade is refused with 401, whatever the key."
    case .status: "The upgrade is refused with this status; 429 and 503 name Retry-After."
    case .failTurns: "The first N turns of a connection end in an INTERNAL_ERROR before audio."
    case .error: "Every turn ends in this error before audio, such as INSUFFICIENT_CREDITS."
    case .oddBytes: "Audio is cut in the middle of samples; joined again it is complete."
    case .badBase64: "The first audio frame of a turn is not base64."
    case .badJSON: "The first audio frame of a turn is preceded by a message that is not JSON."
    case .unknownFrames: "Unknown messages come between the others, and unknown fields in them."
    case .wrongRate: "Audio frames name another sample rate than was asked for."
    case .hugeFrame: "The first audio frame of a turn is over 2 MiB long."
    case .lateAfterCancel: "N more audio frames follow the acknowledgement of a cancel."
    case .noFinal: "No final frame, as old services have it."
    case .noUsage: "No usage in any frame, as old services have it."
    case .noEnd: "A turn's last message (session_closed, or final of a request) never leaves."
    case .times: "Only the first N connections are affected; later ones work."
    case .seed: "What chance begins with; runs with one seed are alike."
    }
  }
}
