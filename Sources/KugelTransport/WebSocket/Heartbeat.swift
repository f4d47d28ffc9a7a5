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

  /// Anything came: a pong may be stuck behind much else.
  mutating func heard(at now: ContinuousClock.Instant) {
    lastHeard = now
    pinged = nil
  }

  /// What to do now, and when to ask again.
  ///
  /// - Parameter isListening: whether bytes are read; who does not listen cannot blame the other.
  mutating func tick(
    isListening: Bool, at now: ContinuousClock.Instant
  ) -> (Action, next: ContinuousClock.Instant) {
    guard isListening else {
      heard(at: now)
      return (.wait, now + interval)
    }
    if let pinged {
      let end = pinged + patience
      return now < end ? (.wait, end) : (.giveUp, end)
    }
    let due = lastHeard + interval
    guard now >= due else { return (.wait, due) }
    pinged = now
    return (.ping, now + patience)
  }
}
