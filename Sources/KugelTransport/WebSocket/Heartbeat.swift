/// When to ping, and when a peer counts as dead. Pure: time is an argument.
struct Heartbeat {
  enum Action: Equatable {
    case wait
    case ping
    case giveUp
  }

  private let interval: Duration
  private let patience: Duration
  private var lastHeard: ContinuousClock.Instant
  private var pinged: ContinuousClock.Instant?

  init(every interval: Duration, patience: Duration, at now: ContinuousClock.Instant) {
    self.interval = interval
    self.patience = patience
    lastHeard = now
  }

  /// When to ask next what to do.
  var due: ContinuousClock.Instant { pinged.map { $0 + patience } ?? lastHeard + interval }

  /// Anything came: a pong may be stuck behind much else.
  mutating func heard(at now: ContinuousClock.Instant) {
    lastHeard = now
    pinged = nil
  }

  /// What to do now.
  ///
  /// - Parameter isListening: whether bytes are read; who does not listen cannot blame the other.
  mutating func tick(isListening: Bool, at now: ContinuousClock.Instant) -> Action {
    guard isListening else {
      heard(at: now)
      return .wait
    }
    guard now >= due else { return .wait }
    if pinged != nil { return .giveUp }
    pinged = now
    return .ping
  }
}
