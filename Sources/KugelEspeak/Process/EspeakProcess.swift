import CEspeak
import Glibc
import KugelEngine
import KugelSystem
import Synchronization

/// A process that has the library; it ends with this object, and with this process.
///
/// Speaks one request at a time.
final class EspeakProcess: Sendable {
  /// How one comes to be.
  enum Launch {
    /// A copy of this process, which must not have a second thread; a fifth of a millisecond.
    case fork
    /// A program started with the words `_engine espeak`; some milliseconds.
    case program(String)
  }

  private enum Readiness {
    case awaited
    case ready(rate: Int)
    case refused(EngineError)
  }

  private struct State {
    let line: FrameSocket
    var readiness = Readiness.awaited
  }

  /// A library that says nothing for so long has lost its way.
  private static let patience: CInt = 40_000

  let identity: pid_t
  private let state: Mutex<State>

  /// - Throws: when the system has no process to give.
  init(_ launch: Launch) throws(EngineError) {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Self.refusal(errno) }
    let line = FrameSocket(descriptor: ends[0])
    defer { close(ends[1]) }
    switch launch {
    case .fork: identity = try Self.fork(ends[1])
    case .program(let path): identity = try Self.start(path, ends[1])
    }
    state = Mutex(State(line: line))
    Self.running.withLock { running in
      if running.isEmpty {
        atexit { EspeakProcess.endAll() }
        at_quick_exit { EspeakProcess.endAll() }
      }
      _ = running.insert(identity)
    }
  }

  deinit { Self.end(identity) }

  /// Others that want a core get it before this one; a tenth of the time is still its own.
  func giveWay() {
    let kind = CInt(PRIO_PROCESS.rawValue)
    setpriority(kind, id_t(identity), min(19, getpriority(kind, 0) + 10))
  }

  /// It is to end; `isIntact` sees that it did.
  func dismiss() {
    Self.running.withLock { running in
      if running.contains(identity) { kill(identity, SIGKILL) }
    }
  }

  /// - Throws: `.died` also when the process died before it was ready; a library that cannot be started
  ///   is `.refused`.
  func speak(_ request: EspeakRequest, take: (EspeakSound) -> Bool) throws(EspeakFailure) {
    try state.withLock { state throws(EspeakFailure) in
      _ = try ready(&state)
      try send(.speak(request), state.line)
      var isWanted = true
      while true {
        switch try receive(state.line) {
        case .sound(let sound):
          guard isWanted, !take(sound) else { continue }
          isWanted = false
          try send(.cancel, state.line)
        case .ended: return
        case .failed(let cause):
          throw .refused(.failed(engine: EspeakEngine.name, cause: cause))
        case .speak, .expect, .phonemise, .phonemes, .cancel, .ready, .unavailable:
          throw lost(.ended)
        }
      }
    }
  }

  /// - Throws: as `speak`.
  func phonemise(_ request: PhonemeRequest) throws(EspeakFailure) -> [[PhonemeClause]] {
    try state.withLock { state throws(EspeakFailure) in
      _ = try ready(&state)
      try send(.phonemise(request), state.line)
      switch try receive(state.line) {
      case .phonemes(let clauses) where clauses.count == request.texts.count: return clauses
      case .failed(let cause):
        throw .refused(.failed(engine: EspeakEngine.name, cause: cause))
      default: throw lost(.ended)
      }
    }
  }

  /// Waits until the library runs.
  ///
  /// - Returns: samples per second.
  func rate() throws(EspeakFailure) -> Int {
    try state.withLock { state throws(EspeakFailure) in try ready(&state) }
  }

  /// Whether it still lives, as far as can be seen while it has nothing to do.
  var isIntact: Bool {
    state.withLock { state in
      if case .ready = state.readiness { !state.line.isReadable() } else { true }
    }
  }

  /// The voice that will probably speak next.
  func expect(_ identifier: String) {
    state.withLock { state in
      // One that is gone is found out by the next request.
      do throws(FrameSocket.Failure) { try state.line.send(.expect(identifier)) } catch {}
    }
  }

  private func ready(_ state: inout State) throws(EspeakFailure) -> Int {
    if case .awaited = state.readiness {
      switch try receive(state.line) {
      case .ready(let rate): state.readiness = .ready(rate: rate)
      case .unavailable(let cause):
        state.readiness = .refused(.unavailable(engine: EspeakEngine.name, cause: cause))
      default: throw lost(.ended)
      }
    }
    switch state.readiness {
    case .ready(let rate): return rate
    case .refused(let error): throw .refused(error)
    case .awaited: throw lost(.ended)
    }
  }

  private func send(_ frame: EspeakFrame, _ line: FrameSocket) throws(EspeakFailure) {
    do throws(FrameSocket.Failure) { try line.send(frame) } catch { throw lost(error) }
  }

  private func receive(_ line: FrameSocket) throws(EspeakFailure) -> EspeakFrame {
    do throws(FrameSocket.Failure) {
      return try line.receive(patience: Self.patience)
    } catch { throw lost(error) }
  }

  /// Makes an end of the process, and says what became of it.
  private func lost(_ failure: FrameSocket.Failure) -> EspeakFailure {
    switch failure {
    case .silent: .died(cause: "no answer")
    case .ended: .died(cause: Self.end(identity) ?? "it ended")
    }
  }
}

// MARK: The system's side

extension EspeakProcess {
  /// Those that were started and not waited for.
  private static let running = Mutex<Set<pid_t>>([])

  /// Leaves no process behind, not even a dead one.
  private static func endAll() { for process in running.withLock({ $0 }) { _ = end(process) } }

  /// Ends a process of ours, once.
  ///
  /// - Returns: what it died of when that was not us.
  @discardableResult
  private static func end(_ process: pid_t) -> String? {
    guard running.withLock({ $0.remove(process) }) != nil else { return nil }
    var status: CInt = 0
    // A line breaks a moment before the process is dead of what broke it.
    var isOver = false
    for _ in 0..<20 where !isOver {
      isOver = unsafe waitpid(process, &status, WNOHANG) == process
      if !isOver { break }
    }
    if !isOver {
      kill(process, SIGKILL)
      while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    let signal = status & 0x7f
    return signal == 0 ? nil : name(of: signal)
  }

  private static func name(of signal: CInt) -> String {
    switch signal {
    case SIGSEGV: "segmentation fault"
    case SIGABRT: "abort"
    case SIGALRM: "no answer"
    case SIGKILL: "killed"
    default: "signal \(signal)"
    }
  }

  private static func fork(_ end: CInt) throws(EngineError) -> pid_t {
    let process = Glibc.fork()
    guard process >= 0 else { throw refusal(errno) }
    guard process == 0 else { return process }
    if end != EspeakServant.descriptor { dup2(end, EspeakServant.descriptor) }
    let nothing = unsafe open("/dev/null", O_RDWR)
    for standard in STDIN_FILENO...STDERR_FILENO { dup2(nothing, standard) }
    closefrom(EspeakServant.descriptor + 1)
    EspeakServant.run()
  }

  private static func start(_ path: String, _ end: CInt) throws(EngineError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, end, EspeakServant.descriptor)
    for standard in STDIN_FILENO...STDERR_FILENO {
      unsafe posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0)
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, EspeakServant.descriptor + 1)
    var process: pid_t = 0
    let code = unsafe withArguments(["kugel", "_engine", EspeakEngine.name]) { words in
      unsafe posix_spawn(&process, path, &actions, nil, words, environ)
    }
    guard code == 0 else { throw refusal(code) }
    return process
  }

  private static func withArguments<Result>(
    _ words: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var copies = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
    return unsafe body(&copies)
  }

  private static func refusal(_ code: CInt) -> EngineError {
    .unavailable(
      engine: EspeakEngine.name,
      cause: "its process cannot be started: \(SystemError(code: code).cause)")
  }
}
