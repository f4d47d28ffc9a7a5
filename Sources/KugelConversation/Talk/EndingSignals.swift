/// Signals that ask a process to end: the first is a wish, a later one insists.
///
/// `timeout` signals a process and then its group, a shell may do the same: what follows within a moment is
/// the same wish. Pure: the clock is an argument.
package struct EndingSignals: Equatable, Sendable {
  package enum Meaning: Equatable, Sendable {
    case wish
    /// The wish once more.
    case echo
    /// Nothing is waited for.
    case insistence
  }

  package static let moment = Duration.milliseconds(100)

  private var first: ContinuousClock.Instant?

  package init() {}

  package mutating func strike(at now: ContinuousClock.Instant) -> Meaning {
    guard let first else {
      first = now
      return .wish
    }
    return now - first < Self.moment ? .echo : .insistence
  }
}
