/// How far a session has come: it begins with the first event, and ends once.
struct SessionCourse: Equatable, Sendable {
  private enum State: Equatable, Sendable {
    case fresh
    case going(since: ContinuousClock.Instant)
    /// No turn will follow.
    case finishing(since: ContinuousClock.Instant)
    case over
  }

  private var state = State.fresh

  /// When it began; nil before, and when it is over.
  var since: ContinuousClock.Instant? {
    switch state {
    case .fresh, .over: nil
    case .going(let since), .finishing(let since): since
    }
  }

  var isFinishing: Bool { if case .finishing = state { true } else { false } }
  var isOver: Bool { if case .over = state { true } else { false } }

  mutating func begin(at now: ContinuousClock.Instant) {
    if case .fresh = state { state = .going(since: now) }
  }

  mutating func finish() { if case .going(let since) = state { state = .finishing(since: since) } }
  mutating func end() { state = .over }
}
