import Glibc

/// Turns signals into events: they are blocked in every thread and taken by one that waits for them.
package enum SignalWatcher {
  /// Blocks the signals in the calling thread and all it starts, and hands each to `handler` on a
  /// thread of its own. Call it before any other thread starts.
  package static func watch(
    _ signals: [CInt], handler: @escaping @Sendable (CInt) -> Void
  ) throws(SystemError) {
    let blocked = set(of: signals)
    var mask = blocked
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    _ = try Thread(name: "kugel-signals") {
      var mask = blocked
      while true {
        var signal: CInt = 0
        guard unsafe sigwait(&mask, &signal) == 0 else { return }
        handler(signal)
      }
    }
  }

  private static func set(of signals: [CInt]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    return set
  }
}
