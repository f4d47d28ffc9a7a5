import Glibc
import KugelAudio
import KugelConversation
import KugelPrompt
import KugelSession
import KugelSystem
import KugelText
import Synchronization

/// The signals that mean something while somebody speaks. INT, TERM and HUP: the first is an event, a
/// later one ends the process at once, with what there is of files under their names. TSTP holds the
/// sound and stops the process; USR1 holds the sound and lets it go on.
package enum Interruption {
  private static let last = Atomic<CInt>(0)
  /// How many wait for what is to be read before anything is made.
  private static let waiting = Atomic<Int>(0)
  /// For files that are just being finished.
  private static let patience = Duration.milliseconds(200)
  private static let endings = Mutex(EndingSignals())
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
      if ends.contains(signal), signal != SIGINT || !bargesIn {
        last.store(signal, ordering: .sequentiallyConsistent)
      }
      if ends.contains(signal), waiting.load(ordering: .sequentiallyConsistent) > 0 {
        leave(signal)
      }
      switch signal {
      case SIGTSTP, SIGUSR1, SIGCONT: break
      case SIGINT where bargesIn:
        if burst.withLock({ $0.strike(at: .now) }) > 2 { leave(signal) }
      default:
        switch endings.withLock({ $0.strike(at: .now) }) {
        case .wish: break
        case .echo: return
        case .insistence: leave(signal)
        }
      }
      handler(signal)
    }
  }

  /// Reads what comes from outside before anything is made, and may take its time: the first signal ends
  /// the process.
  package static func reading<Value, Failure: Error>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    waiting.add(1, ordering: .sequentiallyConsistent)
    defer { waiting.subtract(1, ordering: .sequentiallyConsistent) }
    leaveIfAsked()
    return try work()
  }

  /// For whoever waits before anything is made: ends the process if somebody has asked for that.
  static func leaveIfAsked(_ last: () -> Void = {}) {
    let signal = Self.last.load(ordering: .sequentiallyConsistent)
    guard signal != 0 else { return }
    last()
    leave(signal)
  }

  private static func leave(_ signal: CInt) -> Never {
    let remarks = UnfinishedFiles.rescue(within: patience)
    RunningPrograms.endAll()
    TerminalState.restore()
    for remark in remarks {
      try? Descriptor.writeAll("kugel: \(remark)".shownName.printable + "\n", to: STDERR_FILENO)
    }
    _exit(128 + signal)
  }
}
