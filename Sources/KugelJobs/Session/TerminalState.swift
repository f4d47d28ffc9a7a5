import Glibc
import Synchronization

/// How the terminal was when the program began, for ends that leave no time to tidy up.
package enum TerminalState {
  private static let saved = Mutex<termios?>(nil)

  package static func save() {
    var state = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &state) == 0 else { return }
    saved.withLock { $0 = state }
  }

  package static func restore() {
    guard var state = saved.withLock({ $0 }) else { return }
    _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &state)
  }
}
