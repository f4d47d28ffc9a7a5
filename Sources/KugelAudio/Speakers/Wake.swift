import Glibc
import Synchronization

/// Lets one thread sleep until another has news. News given before the sleep end it at once.
@safe final class Wake: Sendable {
  private enum State: Int { case idle, sleeping, news }

  private let state = Atomic(State.idle.rawValue)
  private let readEnd: CInt
  private let writeEnd: CInt

  /// Without descriptors to spare, sleeps are short and look for news in between.
  init() {
    var ends: [CInt] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    if readEnd >= 0 {
      close(readEnd)
      close(writeEnd)
    }
  }

  /// A system call only if the other thread sleeps.
  func signal() {
    let earlier = state.exchange(State.news.rawValue, ordering: .acquiringAndReleasing)
    guard earlier == State.sleeping.rawValue, writeEnd >= 0 else { return }
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd, &byte, 1)
  }

  /// - Parameter time: nil sleeps until there are news.
  func wait(_ time: Duration?) {
    let (begins, earlier) = state.compareExchange(
      expected: State.idle.rawValue, desired: State.sleeping.rawValue,
      ordering: .acquiringAndReleasing)
    guard begins else {
      if earlier == State.news.rawValue { state.store(State.idle.rawValue, ordering: .releasing) }
      return
    }
    var limit = time.map(milliseconds) ?? -1
    if readEnd < 0 { limit = limit < 0 ? 5 : min(limit, 5) }
    var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&entry, 1, limit)
    let after = state.exchange(State.idle.rawValue, ordering: .acquiringAndReleasing)
    if after == State.news.rawValue, readEnd >= 0 {
      // The byte may still be on its way; one left over only ends a later sleep early.
      var bytes: UInt64 = 0
      _ = unsafe read(readEnd, &bytes, 8)
    }
  }
}

/// Rounded up, so that the time has passed when the wait is over.
private func milliseconds(_ time: Duration) -> CInt {
  CInt(max(0, min((time / .milliseconds(1)).rounded(.up), 3_600_000)))
}
