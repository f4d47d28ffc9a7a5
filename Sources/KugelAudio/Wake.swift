import Glibc
import KugelThreads
import Synchronization

/// Lets one thread sleep until another has news. News given before the sleep end it at once.
final class Wake: Sendable {
  private enum State: Int { case idle, sleeping, news }

  private let state = Atomic(State.idle.rawValue)
  /// Without descriptors to spare, sleeps are short and look for news in between.
  private let pipe = try? WakePipe()

  /// Milliseconds of a sleep that nothing can end.
  private static let step: CInt = 5

  /// A system call only if the other thread sleeps.
  func signal() {
    let earlier = state.exchange(State.news.rawValue, ordering: .acquiringAndReleasing)
    if earlier == State.sleeping.rawValue { pipe?.ring() }
  }

  /// - Parameters:
  ///   - time: nil sleeps until there are news.
  ///   - descriptor: the sleep also ends when this can be written to; −1 for none.
  func wait(_ time: Duration?, untilWritable descriptor: CInt = -1) {
    let (begins, earlier) = state.compareExchange(
      expected: State.idle.rawValue, desired: State.sleeping.rawValue,
      ordering: .acquiringAndReleasing)
    guard begins else {
      if earlier == State.news.rawValue { state.store(State.idle.rawValue, ordering: .releasing) }
      return
    }
    sleep(time.map(milliseconds) ?? -1, descriptor)
    let after = state.exchange(State.idle.rawValue, ordering: .acquiringAndReleasing)
    // The byte may still be on its way; one left over only ends a later sleep early.
    if after == State.news.rawValue { pipe?.clear() }
  }

  private func sleep(_ limit: CInt, _ descriptor: CInt) {
    var ends = [
      pollfd(fd: pipe?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
    ]
    let step = limit < 0 ? Self.step : min(limit, Self.step)
    _ = unsafe poll(&ends, 2, pipe == nil ? step : limit)
  }
}

/// Rounded up, so that the time has passed when the wait is over.
private func milliseconds(_ time: Duration) -> CInt {
  CInt(max(0, min((time / .milliseconds(1)).rounded(.up), 3_600_000)))
}
