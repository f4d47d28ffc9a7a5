import Glibc
import KugelSystem

/// The time that a run goes by, and how it is waited for.
package protocol RunClock: AnyObject {
  var now: ContinuousClock.Instant { get }

  /// Returns at the deadline, or when one of the descriptors can be read.
  ///
  /// - Parameter descriptors: negative ones are never ready.
  /// - Returns: for each descriptor whether it can be read.
  func wait(for descriptors: [CInt], until deadline: ContinuousClock.Instant?) -> [Bool]
}

/// The machine's clock.
package final class SystemClock: RunClock {
  package init() {}

  package var now: ContinuousClock.Instant { .now }

  package func wait(
    for descriptors: [CInt], until deadline: ContinuousClock.Instant?
  ) -> [Bool] {
    Poller.wait(for: descriptors, until: deadline)
  }
}

/// The machine's clock, for measuring: exact to some microseconds.
package final class ExactClock: RunClock {
  package init() {}

  package var now: ContinuousClock.Instant { .now }

  /// `poll` counts milliseconds and rounds up; the last one is spent looking, because a turn that starts
  /// late would be the service's fault in the figures.
  package func wait(
    for descriptors: [CInt], until deadline: ContinuousClock.Instant?
  ) -> [Bool] {
    guard let deadline else { return Poller.wait(for: descriptors, until: nil) }
    let coarse = deadline - .milliseconds(2)
    if coarse > .now {
      let ready = Poller.wait(for: descriptors, until: coarse)
      if ready.contains(true) { return ready }
    }
    while true {
      let ready = Poller.wait(for: descriptors, until: .now)
      if ready.contains(true) || .now >= deadline { return ready }
    }
  }
}
