import Glibc
import Synchronization

/// What is typed at a terminal, key by key: read on a thread of its own, as long as this process is in the
/// foreground.
package final class RawTerminal: Sendable {
  private let descriptor: CInt
  /// The terminal as it was; nil while it is as it was.
  private let saved = Mutex<termios?>(nil)
  private let isWanted = Atomic(true)

  /// - Parameters:
  ///   - descriptor: a terminal that nobody else reads.
  ///   - typed: called on another thread with what was typed.
  package init(_ descriptor: CInt, typed: @escaping @Sendable ([UInt8]) -> Void) {
    self.descriptor = descriptor
    take()
    // Without a thread there are no keys.
    _ = try? Thread(name: "kugel-keys") { [weak self] in
      Self.leaveTerminalSignals()
      while true {
        _ = Poller.wait(for: [descriptor], until: nil)
        guard let self, isWanted.load(ordering: .acquiring) else { return }
        // What is typed while others have the terminal is theirs.
        guard isOurs else {
          usleep(200_000)
          continue
        }
        take()
        guard let bytes = try? Descriptor.readWhatIsThere(descriptor), !bytes.isEmpty else {
          return
        }
        typed(bytes)
      }
    }
  }

  deinit { end() }

  private var isOurs: Bool { tcgetpgrp(descriptor) == getpgrp() }

  /// Keys come at once and are not shown from now on; Ctrl-C and its like stay what they are.
  private func take() {
    guard isOurs else { return }
    saved.withLock { saved in
      var state = termios()
      guard saved == nil, unsafe tcgetattr(descriptor, &state) == 0 else { return }
      saved = state
      state.c_lflag &= ~tcflag_t(ICANON | ECHO)
      unsafe tcsetattr(descriptor, TCSANOW, &state)
    }
  }

  /// The terminal is as it was until `resume`.
  package func suspend() {
    saved.withLock { saved in
      guard var state = saved else { return }
      if isOurs { unsafe tcsetattr(descriptor, TCSANOW, &state) }
      saved = nil
    }
  }

  package func resume() { if isWanted.load(ordering: .acquiring) { take() } }

  /// The terminal is left as it was.
  package func end() {
    isWanted.store(false, ordering: .releasing)
    suspend()
  }

  /// To read in the background is an error then, and no reason to stop the process.
  private static func leaveTerminalSignals() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTTIN)
    unsafe sigaddset(&set, SIGTTOU)
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
