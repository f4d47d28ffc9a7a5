/// How long a client may take over its requests. Pure: time is an argument.
///
/// Heads and bodies have a time as a whole: who sends a byte now and then stays no longer than who sends
/// none.
struct RequestClock {
  /// How far the next request is, in the order of their coming.
  enum Stage: Int {
    /// Nothing of it is there; empty lines are nothing.
    case waiting
    case head
    case body
  }

  struct Limits {
    /// From the connection, or the first byte of a later request, to the end of the head.
    var head: Duration
    /// From there to the end of the body.
    var body: Duration
    /// From one request to the next, and while nothing of an answer is taken.
    var idle: Duration
  }

  private let limits: Limits
  private var stage = Stage.waiting
  private var isFirst = true
  /// When the connection ends, unless the request has come further.
  private(set) var deadline: ContinuousClock.Instant

  init(_ limits: Limits, at now: ContinuousClock.Instant) {
    self.limits = limits
    deadline = now + limits.head
  }

  /// The request has come so far. Where it has been before, nothing changes.
  mutating func reached(_ stage: Stage, at now: ContinuousClock.Instant) {
    guard stage.rawValue > self.stage.rawValue else { return }
    self.stage = stage
    switch stage {
    case .waiting: break
    case .head: if !isFirst { deadline = now + limits.head }
    case .body: deadline = now + limits.body
    }
  }

  /// A request is answered: the next is waited for.
  mutating func answered(at now: ContinuousClock.Instant) {
    (stage, isFirst) = (.waiting, false)
    deadline = now + limits.idle
  }

  /// The client took some of the last answer. The next request is not read before it has all.
  mutating func progressed(at now: ContinuousClock.Instant) {
    if stage == .waiting, !isFirst { deadline = now + limits.idle }
  }
}
