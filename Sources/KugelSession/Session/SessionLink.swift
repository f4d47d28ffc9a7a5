import KugelWire

/// A session's connection, as far as time and losses decide about it: made, lost, tried again, given up.
///
/// `Talk` is what a session and its service have said over it; it begins and ends with the connection.
///
/// Pure. Source: protocol notes, section 13.
struct SessionLink<Talk: Equatable & Sendable>: Equatable, Sendable {
  private enum State: Equatable {
    case down
    case connecting(since: ContinuousClock.Instant)
    case up(Talk)
    case waiting(until: ContinuousClock.Instant)
  }

  typealias Due = SessionLinkDue

  private let policy: SessionPolicy
  /// 0..<1; spreads the retries of clients that failed together.
  private let chance: Double
  private var state = State.down
  /// Tries since anything came of one.
  private var attempts = 0

  init(policy: SessionPolicy, chance: Double) {
    self.policy = policy
    self.chance = chance
  }

  var isUp: Bool { if case .up = state { true } else { false } }
  /// nil without a connection.
  var talk: Talk? {
    get { if case .up(let talk) = state { talk } else { nil } }
    set { if case .up = state, let newValue { state = .up(newValue) } }
  }
  var isDown: Bool { if case .down = state { true } else { false } }

  /// When `due` has something to say; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? {
    switch state {
    case .down, .up: nil
    case .connecting(let since): policy.connectTimeout.map { since + $0 }
    case .waiting(let until): until
    }
  }

  /// - Returns: whether to connect; not when that is under way.
  mutating func dial(at now: ContinuousClock.Instant) -> Bool {
    guard isDown else { return false }
    state = .connecting(since: now)
    return true
  }

  mutating func opened(_ talk: Talk) { state = .up(talk) }
  mutating func drop() { state = .down }

  /// Whoever waited for another try has no need of it any more.
  mutating func giveUpWaiting() {
    if case .waiting = state { state = .down }
  }

  /// Something came of the connection: the next loss is the first again.
  mutating func proved() { attempts = 0 }

  func canRetry(after loss: ServiceFailure) -> Bool { pause(after: loss) != nil }

  /// Waits for another try; nil when that is not allowed or cannot help.
  mutating func retry(
    after loss: ServiceFailure, at now: ContinuousClock.Instant
  ) -> (attempt: Int, pause: Duration)? {
    guard let pause = pause(after: loss) else { return nil }
    attempts += 1
    state = .waiting(until: now + pause)
    return (attempts, pause)
  }

  private func pause(after loss: ServiceFailure) -> Duration? {
    policy.pause(before: attempts + 1, after: loss, chance: chance)
  }

  mutating func due(at now: ContinuousClock.Instant) -> Due? {
    guard let deadline, now >= deadline else { return nil }
    if case .waiting = state {
      state = .connecting(since: now)
      return .connect
    }
    state = .down
    return policy.connectTimeout.map { .timedOut(after: $0) }
  }
}

/// What is due with a connection.
enum SessionLinkDue: Equatable {
  case connect
  /// Connecting took too long; the link is down.
  case timedOut(after: Duration)
}

extension ServiceFailure {
  /// Nothing was sent, so a service that did not answer may be tried again, like one that refused.
  static func unconnected(within patience: Duration) -> ServiceFailure {
    .unreachable(
      "no connection was made within \(Int(patience / .milliseconds(1))) ms", mayPass: true)
  }
}
