import Glibc
import KugelSystem

/// The time that a measurement goes by, and how it is waited for.
package protocol BenchClock: AnyObject {
  var now: ContinuousClock.Instant { get }

  /// Returns at the deadline, or when the descriptor can be read.
  ///
  /// - Returns: whether the descriptor can be read.
  func wait(for descriptor: CInt, until deadline: ContinuousClock.Instant?) -> Bool
}

/// The machine's clock, exact to some microseconds.
package final class SystemBenchClock: BenchClock {
  package init() {}

  package var now: ContinuousClock.Instant { .now }

  /// `poll` counts milliseconds and rounds up; the last one is spent looking, because a turn that starts
  /// late would be the service's fault in the figures.
  package func wait(for descriptor: CInt, until deadline: ContinuousClock.Instant?) -> Bool {
    guard let deadline else { return Poller.wait(for: [descriptor], until: nil)[0] }
    let coarse = deadline - .milliseconds(2)
    if coarse > .now, Poller.wait(for: [descriptor], until: coarse)[0] { return true }
    repeat {
      if Poller.wait(for: [descriptor], until: .now)[0] { return true }
    } while .now < deadline
    return false
  }
}
