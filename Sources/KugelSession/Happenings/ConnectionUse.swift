/// Whether there is a connection, since when one is being made, and whether a turn went over it.
struct ConnectionUse: Sendable {
  private enum State: Equatable, Sendable {
    case none
    case connecting(since: ContinuousClock.Instant)
    case up(used: Bool)
  }

  private var state = State.none

  var isUp: Bool { if case .up = state { true } else { false } }

  mutating func connecting(at now: ContinuousClock.Instant) { state = .connecting(since: now) }

  /// - Returns: how long it took to make; nil when that was not seen.
  mutating func opened(at now: ContinuousClock.Instant) -> Duration? {
    defer { state = .up(used: false) }
    if case .connecting(let since) = state { return now - since }
    return nil
  }

  mutating func gone() { state = .none }

  /// A turn begins.
  ///
  /// - Returns: whether it goes over a connection that an earlier turn has used.
  mutating func turnBegan() -> Bool {
    guard case .up(let used) = state else { return false }
    state = .up(used: true)
    return used
  }
}
