import Glibc
import Synchronization

/// How the terminal was when the program began, for ends that leave no time to tidy up.
package enum TerminalState {
  private static let saved = Mutex<(terminal: CInt, state: termios)?>(nil)

  package static func save(_ terminal: CInt = STDIN_FILENO) {
    var state = termios()
    guard unsafe tcgetattr(terminal, &state) == 0 else { return }
    saved.withLock { $0 = (terminal, state) }
  }

  package static func restore() {
    guard let (terminal, state) = saved.withLock({ $0 }) else { return }
    // In the background it is somebody else's.
    guard tcgetpgrp(terminal) == getpgrp() else { return }
    var before = state
    _ = unsafe tcsetattr(terminal, TCSANOW, &before)
  }
}
