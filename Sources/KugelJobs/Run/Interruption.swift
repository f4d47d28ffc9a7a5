import Glibc
import KugelConversation
import KugelPrompt
import KugelSession
import KugelSystem
import Synchronization

/// The signals that mean something while somebody speaks. INT, TERM and HUP: the first is an event, the
/// second ends the process at once. TSTP holds the sound and stops the process; USR1 holds the sound and
/// lets it go on.
package enum Interruption {
  private static let count = Atomic(0)
  private static let last = Atomic<CInt>(0)
  private static let burst = Mutex(InterruptBurst())

  /// - Parameters:
  ///   - bargesIn: INT is for what is being said; only three within a second end the process.
  ///   - holdsSound: TSTP, CONT and USR1 are events too.
  package static func watch(
    bargesIn: Bool = false, holdsSound: Bool = false, _ handler: @escaping @Sendable (CInt) -> Void
  ) throws(SystemError) {
    if bargesIn { TerminalState.save() }
    let ends = [SIGINT, SIGTERM, SIGHUP]
    try SignalWatcher.watch(holdsSound ? ends + [SIGTSTP, SIGUSR1, SIGCONT] : ends) { signal in
      if ends.contains(signal) { last.store(signal, ordering: .relaxed) }
      switch signal {
      case SIGTSTP, SIGUSR1, SIGCONT: break
      case SIGINT where bargesIn:
        if burst.withLock({ $0.strike(at: .now) }) > 2 { leave(signal) }
      default: if count.add(1, ordering: .relaxed).oldValue > 0 { leave(signal) }
      }
      handler(signal)
    }
  }

  /// For whoever waits before anything is made: ends the process if somebody has asked for that.
  static func leaveIfAsked(_ last: () -> Void = {}) {
    let signal = Self.last.load(ordering: .relaxed)
    guard signal != 0 else { return }
    last()
    leave(signal)
  }

  private static func leave(_ signal: CInt) -> Never {
    TerminalState.restore()
    _exit(128 + signal)
  }
}
