import Glibc
import KugelEngine
import KugelSystem
import Synchronization

/// A program that speaks: what it is told goes in, its sound comes out, and what it complains is kept.
/// Used by one thread at a time; ended by any. The program must ignore `SIGPIPE`.
final class CommandProcess: Sendable {
  enum Failure: Error, Equatable {
    case notStarted(String)
    case silent
  }

  private let process: pid_t
  private let input: Mutex<CInt>
  private let output: CInt
  private let error: CInt
  private let complaint = Mutex<[UInt8]>([])
  private let isOver = Mutex(false)

  /// `POSIX_SPAWN_SETPGROUP`, `SETSIGDEF` and `SETSIGMASK` of spawn.h.
  private static let flags: Int16 = 0x02 | 0x04 | 0x08
  /// Bytes of a complaint that are kept: its end.
  private static let longestComplaint = 2_000

  init(_ words: [String]) throws(Failure) {
    var pipes: [[CInt]] = []
    for _ in 0..<3 {
      var ends: [CInt] = [-1, -1]
      guard unsafe pipe(&ends) == 0 else { throw .notStarted(SystemError.latest.cause) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes[0][0], STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes[2][1], STDERR_FILENO)
    // It is to die with what it started, and to know the signals that we do not take.
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(&attributes, Self.flags)
    var arguments = unsafe words.map { unsafe strdup($0.nameBytes) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var made: pid_t = 0
    let code = unsafe posix_spawnp(
      &made, words[0].nameBytes, &actions, &attributes, &arguments, environ)
    for (index, ends) in pipes.enumerated() { close(index == 0 ? ends[0] : ends[1]) }
    guard code == 0 else {
      for (index, ends) in pipes.enumerated() { close(index == 0 ? ends[1] : ends[0]) }
      throw .notStarted(SystemError(code: code).cause)
    }
    RunningPrograms.add(made)
    process = made
    input = Mutex(pipes[0][1])
    output = pipes[1][0]
    error = pipes[2][0]
    for end in [pipes[0][1], output, error] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit {
    _ = end()
    closeInput()
    close(output)
    close(error)
  }

  /// It and all that it started; once.
  ///
  /// - Returns: its exit status, as a shell tells it; nil when it was ended here.
  @discardableResult
  func end(wait: Bool = false) -> CInt? {
    isOver.withLock { isOver in
      guard !isOver else { return nil }
      isOver = true
      defer { RunningPrograms.remove(process) }
      var status: CInt = 0
      if wait, hasEnded(&status) {
        kill(-process, SIGKILL)
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
      }
      kill(-process, SIGKILL)
      while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
      return nil
    }
  }

  /// One that closed its output ends soon.
  private func hasEnded(_ status: inout CInt) -> Bool {
    for _ in 0..<100 {
      if unsafe waitpid(process, &status, WNOHANG) == process { return true }
      usleep(10_000)
    }
    return false
  }

  /// Ends it from another thread: its output ends then.
  func kill() {
    isOver.withLock { isOver in
      if !isOver { _ = Glibc.kill(-process, SIGKILL) }
    }
  }

  private func kill(_ process: pid_t, _ signal: CInt) { _ = Glibc.kill(process, signal) }

  private func closeInput() {
    input.withLock { input in
      if input >= 0 { close(input) }
      input = -1
    }
  }

  /// Tells it a text, and hands over what comes until `take` has enough or the output ends.
  ///
  /// - Parameters:
  ///   - isLast: whether nothing more will be told.
  ///   - patience: seconds without a byte.
  ///   - take: false for enough.
  /// - Returns: whether the output ended.
  func exchange(
    _ text: [UInt8], isLast: Bool, patience: Int, take: ([UInt8]) throws -> Bool
  ) throws -> Bool {
    var rest = text[...]
    var isComplaining = true
    while true {
      let writer = input.withLock(\.self)
      if rest.isEmpty, isLast, writer >= 0 { closeInput() }
      var entries = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isComplaining ? error : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: rest.isEmpty ? -1 : writer, events: Int16(POLLOUT), revents: 0),
      ]
      let count = unsafe poll(&entries, 3, CInt(patience * 1_000))
      guard count != 0 else { throw Failure.silent }
      if entries[1].revents != 0 { isComplaining = listen() }
      if entries[2].revents != 0 {
        let sent = unsafe Array(rest).withUnsafeBytes {
          unsafe write(writer, $0.baseAddress, $0.count)
        }
        if sent > 0 {
          rest = rest.dropFirst(sent)
        } else if errno != EAGAIN, errno != EINTR {
          // It does not want to know more.
          rest = []
        }
      }
      if entries[0].revents != 0 {
        guard let piece = try Descriptor.readWhatIsThere(output) else { continue }
        if piece.isEmpty { return true }
        guard try take(piece) else { return false }
      }
    }
  }

  /// What it wrote to standard error.
  ///
  /// - Returns: whether more may come.
  @discardableResult
  private func listen() -> Bool {
    guard let piece = try? Descriptor.readWhatIsThere(error) else { return true }
    complaint.withLock { complaint in
      complaint = (complaint + piece).suffix(Self.longestComplaint)
    }
    return !piece.isEmpty
  }

  /// The last line that it complained.
  var lastComplaint: String? {
    listen()
    let lines = complaint.withLock { String(decoding: $0, as: UTF8.self) }
      .split(whereSeparator: \.isNewline)
    return lines.last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
  }
}
