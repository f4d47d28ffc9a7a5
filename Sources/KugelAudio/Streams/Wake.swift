import Glibc
import KugelSystem
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
    let rang = sleep(time.map(milliseconds) ?? -1, descriptor)
    _ = state.exchange(State.idle.rawValue, ordering: .acquiringAndReleasing)
    // A byte that is still on its way ends a later sleep early, once.
    if rang { pipe?.clear() }
  }

  /// - Returns: whether there is something in the pipe.
  private func sleep(_ limit: CInt, _ descriptor: CInt) -> Bool {
    let step = limit < 0 ? Self.step : min(limit, Self.step)
    let time = pipe == nil ? step : limit
    // On the stack: the player sleeps between any two of its writes.
    return unsafe withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { ends in
      unsafe ends.initializeElement(
        at: 0, to: pollfd(fd: pipe?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
      unsafe ends.initializeElement(
        at: 1, to: pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
      return unsafe poll(ends.baseAddress, descriptor < 0 ? 1 : 2, time) > 0 && ends[0].revents != 0
    }
  }
}

/// Rounded up, so that the time has passed when the wait is over.
private func milliseconds(_ time: Duration) -> CInt {
  let (seconds, attoseconds) = time.components
  guard seconds < 3600 else { return 3_600_000 }
  return CInt(max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
}
