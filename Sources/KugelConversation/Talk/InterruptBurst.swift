import KugelSession

/// Interrupts that come close together mean more than one does: the first is for what is being said, the
/// second leaves, the third ends the process at once.
///
/// Pure: the clock is an argument.
package struct InterruptBurst: Equatable, Sendable {
  /// What follows an interrupt within this time belongs to it.
  package static let span = Duration.seconds(1)

  private var last: ContinuousClock.Instant?
  private var count = 0

  package init() {}

  /// An interrupt came.
  ///
  /// - Returns: the how manieth of its burst it is, from 1.
  package mutating func strike(at now: ContinuousClock.Instant) -> Int {
    count = isUnderWay(at: now) ? count + 1 : 1
    last = now
    return count
  }

  /// Whether another one would belong to those before.
  package func isUnderWay(at now: ContinuousClock.Instant) -> Bool {
    last.map { now - $0 < Self.span } ?? false
  }
}
