import Glibc

/// Waits for descriptors to become readable, or for a moment.
package enum Poller {
  /// - Parameters:
  ///   - descriptors: negative ones are never ready.
  ///   - deadline: nil waits without limit.
  /// - Returns: for each descriptor whether it can be read, has ended or has failed.
  package static func wait(
    for descriptors: [CInt], until deadline: ContinuousClock.Instant?
  ) -> [Bool] {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let ready = unsafe poll(&entries, nfds_t(entries.count), milliseconds(until: deadline))
    guard ready > 0 else { return descriptors.map { _ in false } }
    return entries.map { $0.revents != 0 }
  }

  /// Rounded up, so that the moment has passed when the wait is over; -1 is no limit.
  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> CInt {
    guard let deadline else { return -1 }
    let left = (deadline - .now) / .milliseconds(1)
    return left <= 0 ? 0 : CInt(min(left.rounded(.up), 3_600_000))
  }
}
