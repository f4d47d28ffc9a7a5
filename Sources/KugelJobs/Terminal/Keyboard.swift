import Glibc
import KugelClient
import KugelQueue
import KugelSystem
import Synchronization

/// Keys pressed while kugel plays: read on a thread of their own, as long as the terminal is ours.
final class Keyboard: RunKeys, Sendable {
  private let descriptor: CInt
  /// The terminal as it was; nil while it is as it was.
  private let saved = Mutex<termios?>(nil)
  private let isWanted = Atomic(true)

  /// - Parameters:
  ///   - descriptor: a terminal that nobody else reads.
  ///   - pressed: called on another thread.
  init(_ descriptor: CInt, pressed: @escaping @Sendable (ReadingKeys.Press) -> Void) {
    self.descriptor = descriptor
    TerminalState.save(descriptor)
    take()
    // Without a thread there are no keys.
    _ = try? Thread(name: "kugel-keys") { [weak self] in
      Self.leaveTerminalSignals()
      var keys = ReadingKeys()
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
        keys.take(bytes).forEach(pressed)
      }
    }
  }

  deinit { end() }

  /// Whether this process is in the foreground.
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

  func suspend() {
    saved.withLock { saved in
      guard var state = saved else { return }
      if isOurs { unsafe tcsetattr(descriptor, TCSANOW, &state) }
      saved = nil
    }
  }

  func resume() { if isWanted.load(ordering: .acquiring) { take() } }

  /// The terminal is left as it was.
  func end() {
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

extension Keyboard {
  /// - Parameter isTyped: the text is read from standard input.
  /// - Returns: nil where nobody can press keys.
  static func open(_ request: RunRequest, isTyped: Bool, in host: Host, inbox: Inbox<RunEvent>)
    -> Keyboard?
  {
    guard request.speakers != nil, request.keys != false else { return nil }
    let pressed = { @Sendable (press: ReadingKeys.Press) in
      switch press {
      case .steer(let steering): inbox.post(.steered(.init(steering)))
      case .quit: inbox.post(.signal(SIGINT))
      case .help: inbox.post(.keysAsked)
      }
    }
    if host.isTerminal(host.standardInput) {
      return isTyped ? nil : Keyboard(host.standardInput, pressed: pressed)
    }
    // Whoever writes into the pipe may want the terminal for itself: only if it is asked for.
    guard request.keys == true, let terminal = try? Descriptor.open("/dev/tty", O_RDWR) else {
      return nil
    }
    return Keyboard(terminal, pressed: pressed)
  }
}
