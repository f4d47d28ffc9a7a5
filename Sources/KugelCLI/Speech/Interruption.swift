import Glibc
import KugelThreads
import Synchronization

/// The signals that mean something while somebody speaks. INT, TERM and HUP: the first is an event, the
/// second ends the process at once. TSTP holds the sound and stops the process; USR1 holds the sound and
/// lets it go on.
enum Interruption {
  private static let count = Atomic(0)
  /// Of the last INT at a prompt, nanoseconds; and how many came close together.
  private static let burst = Mutex<(last: ContinuousClock.Instant?, count: Int)>((nil, 0))

  /// - Parameter atPrompt: INT is for what is being said; only three within a second end the process.
  static func watch(
    atPrompt: Bool = false, _ handler: @escaping @Sendable (CInt) -> Void
  ) throws(ThreadError) {
    if atPrompt { TerminalState.save() }
    try SignalWatcher.watch([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGUSR1]) { signal in
      switch signal {
      case SIGTSTP, SIGUSR1: break
      case SIGINT where atPrompt: if isThirdOfABurst() { leave(signal) }
      default: if count.add(1, ordering: .relaxed).oldValue > 0 { leave(signal) }
      }
      handler(signal)
    }
  }

  private static func leave(_ signal: CInt) -> Never {
    TerminalState.restore()
    _exit(128 + signal)
  }

  private static func isThirdOfABurst() -> Bool {
    burst.withLock { burst in
      let now = ContinuousClock.now
      let isClose = burst.last.map { now - $0 < .seconds(1) } ?? false
      burst = (now, isClose ? burst.count + 1 : 1)
      return burst.count > 2
    }
  }
}
