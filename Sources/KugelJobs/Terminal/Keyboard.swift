import Glibc
import KugelClient
import KugelPrompt
import KugelQueue
import KugelSystem
import Synchronization

/// Keys that steer what is played.
final class Keyboard: RunKeys {
  private let terminal: RawTerminal

  private init(_ descriptor: CInt, inbox: Inbox<RunEvent>) {
    TerminalState.save(descriptor)
    let keys = Mutex(ReadingKeys())
    terminal = RawTerminal(descriptor) { bytes in
      for press in keys.withLock({ $0.take(bytes) }) { inbox.post(Self.event(press)) }
    }
  }

  private static func event(_ press: ReadingKeys.Press) -> RunEvent {
    switch press {
    case .steer(let steering): .steered(.init(steering))
    case .quit: .signal(SIGINT)
    case .help: .keysAsked
    }
  }

  /// - Parameter isTyped: the text is read from standard input.
  /// - Returns: nil where nobody can press keys.
  static func open(
    _ request: RunRequest, isTyped: Bool, in host: Host, inbox: Inbox<RunEvent>
  ) -> Keyboard? {
    guard request.speakers != nil, request.keys != false else { return nil }
    if host.isTerminal(host.standardInput) {
      return isTyped ? nil : Keyboard(host.standardInput, inbox: inbox)
    }
    // Whoever writes into the pipe may want the terminal for itself: only if it is asked for.
    guard request.keys == true, let terminal = try? Descriptor.open("/dev/tty", O_RDWR) else {
      return nil
    }
    return Keyboard(terminal, inbox: inbox)
  }

  func suspend() { terminal.suspend() }
  func resume() { terminal.resume() }
  func end() { terminal.end() }
}
