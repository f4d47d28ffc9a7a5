/// What a service can do wrong on demand, so that clients can be tried.
package enum FaultKind: String, CaseIterable, Sendable {
  case delay, jitter, slow
  case delayEvery = "delay-every"
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
  case dropPieces = "drop-pieces"
  case cutPieces = "cut-pieces"
  case doublePieces = "double-pieces"
  case times
  case seed

  package enum Value: Equatable, Sendable {
    case none
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// A number alone is milliseconds.
    case time(ClosedRange<Duration>)
    /// One of the numbers.
    case oneOf([Int])
    case errorName
  }

  /// What stands behind `=` in a list of faults, for people; empty where nothing does.
  package var placeholder: String {
    switch self {
    case .delay, .jitter: "TIME"
    case .slow: "X"
    case .delayEvery, .dropAfter, .closeAfter, .silentAfter, .failTurns, .lateAfterCancel, .times:
      "N"
    case .dropPieces, .cutPieces, .doublePieces: "N"
    case .close: "CODE"
    case .status: "402|429|503"
    case .error: "NAME"
    case .seed: "NUMBER"
    default: ""
    }
  }

  package var value: Value {
    switch self {
    case .delay, .jitter: .time(.zero...Duration.seconds(3600))
    case .slow: .number(0.001...1000)
    case .dropAfter, .closeAfter, .silentAfter, .lateAfterCancel: .integer(0...1_000_000)
    case .delayEvery, .failTurns, .times, .dropPieces, .cutPieces, .doublePieces:
      .integer(1...1_000_000)
    case .close: .integer(1000...4999)
    case .status: .oneOf([402, 429, 503])
    case .error: .errorName
    case .seed: .integer(0...Int.max)
    default: .none
    }
  }

  /// What happens, for people: a fragment without a stop.
  package var meaning: String {
    switch self {
    case .delay: "each message leaves so long after its time; a number alone is milliseconds"
    case .jitter: "each message leaves up to so long after its time; order is kept"
    case .delayEvery: "with delay or jitter: only in every Nth turn of a connection"
    case .slow: "audio leaves at X times real time, in frames of 40 ms"
    case .dropBeforeAudio: "the connection breaks before the first audio"
    case .dropAfter: "the connection breaks after N audio frames"
    case .close: "the socket closes with CODE before the first audio"
    case .closeAfter: "with close: after N audio frames"
    case .silent: "nothing is said after the upgrade; the socket stays open"
    case .silentAfter: "nothing is said after N audio frames; the socket stays open"
    case .noHandshake: "the upgrade is never answered"
    case .refuseKey: "the upgrade is refused with 401, whatever the key"
    case .status: "the upgrade is refused so; 429 and 503 name Retry-After"
    case .failTurns: "the first N turns of a connection fail with INTERNAL_ERROR"
    case .error: "every turn fails so, as with INSUFFICIENT_CREDITS"
    case .oddBytes: "audio is cut in the middle of samples; joined it is complete"
    case .badBase64: "the first audio of a turn is not base64"
    case .badJSON: "a message that is not JSON comes before a turn's audio"
    case .unknownFrames: "unknown messages come between, and unknown fields in others"
    case .wrongRate: "audio names another sample rate than was asked for"
    case .hugeFrame: "the first audio frame of a turn is over 2 MiB long"
    case .lateAfterCancel: "N audio frames follow the end of a cancelled turn"
    case .noFinal: "a stream's turns have no final, as with old services"
    case .noUsage: "usage is never told, as with old services"
    case .noEnd: "a turn's last message never comes"
    case .dropPieces: "every Nth piece of text is not heard, and nobody says so"
    case .cutPieces: "of every Nth piece of text 0.4 s are heard"
    case .doublePieces: "every Nth piece of text is heard twice"
    case .times: "only the first N connections are affected"
    case .seed: "what chance begins with; the same seed does the same"
    }
  }
}
