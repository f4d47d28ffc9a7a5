import Glibc
import KugelThreads
import Synchronization

/// INT, TERM and HUP: the first is an event, the second ends the process at once.
enum Interruption {
  private static let count = Atomic(0)

  static func watch(_ handler: @escaping @Sendable (CInt) -> Void) throws(ThreadError) {
    try SignalWatcher.watch([SIGINT, SIGTERM, SIGHUP]) { signal in
      let earlier = count.add(1, ordering: .relaxed).oldValue
      if earlier > 0 { _exit(128 + signal) }
      handler(signal)
    }
  }
}
