import Glibc
import KugelFloor
import KugelSystem
import Synchronization

/// A speaker that goes on by itself: a process in a session of its own, without a terminal.
package enum Detachment {
  /// By this variable it knows what it is; the value is the descriptor on which it says that it has its place
  /// in the queue.
  private static let variable = "KUGEL_DETACHED"
  private static let descriptor: CInt = 3
  /// What it writes there.
  private static let word = "there\n"
  /// It has its place long before that, or something is wrong.
  private static let patience = Duration.seconds(10)
  /// Bytes of what detached speakers had to say, before it begins anew.
  private static let longestLog = 256 << 10

  /// `POSIX_SPAWN_SETSID` of spawn.h, which Swift does not see.
  private static let setsid: Int16 = 0x80
  private static let isTold = Atomic(false)

  /// Whether this process is such a speaker.
  package static func isUnderWay(in host: Host) -> Bool { host.variable(variable) != nil }

  /// This process has its place: whoever started it need not wait any longer.
  static func tell(in host: Host) {
    guard host.variable(variable) == "\(descriptor)",
      !isTold.exchange(true, ordering: .relaxed),
      (try? FileStatus(of: descriptor))?.kind == .pipe
    else { return }
    try? Descriptor.writeAll(word, to: descriptor)
    close(descriptor)
  }

  /// Starts this program again with the same words, and returns when it has its place in the queue.
  ///
  /// - Parameter keepsDescriptors: it is to use others than the standard ones that this process was given.
  /// - Returns: its process, by which `kugel queue` knows it.
  /// - Throws: what it ended with, if it did.
  package static func start(
    keepsDescriptors: Bool, in host: Host
  ) throws(UserError) -> Int32 {
    guard let program = host.program else {
      throw UserError(.unavailable, "this program cannot be started again")
    }
    let log = openLog(in: host)
    defer { if log >= 0 { close(log) } }
    let before = log >= 0 ? (try? FileStatus(of: log))?.size ?? 0 : 0
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      throw UserError(.unavailable, "no pipe: \(SystemError.latest.cause)")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try spawn(
        program, host, place: ends[1], log: log, keepsDescriptors: keepsDescriptors)
    }
    if hears(ends[0]) { return process }
    var status: CInt = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    // What it said is not for a file that nobody reads.
    let said = log >= 0 ? text(of: log, from: before) : ""
    try? Descriptor.writeAll(said, to: host.standardError)
    // A signal's number in the low bits, an exit status above.
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    throw UserError(
      ExitStatus(rawValue: code) ?? .internalError,
      said.isEmpty ? "the speaker ended before it had its place in the queue" : "")
  }

  private static func spawn(
    _ program: String, _ host: Host, place: CInt, log: CInt, keepsDescriptors: Bool
  ) throws(UserError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    // Whatever is piped into it is read by it; a terminal stays here.
    if host.isTerminal(host.standardInput) {
      unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    if log >= 0 {
      unsafe posix_spawn_file_actions_adddup2(&actions, log, STDERR_FILENO)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, place, descriptor)
    // Whoever waits for the end of something that came down to us need not wait for this process.
    if !keepsDescriptors {
      for open in Folder.names(in: "/proc/self/fd").compactMap(CInt.init) where open > descriptor {
        unsafe posix_spawn_file_actions_addclose(&actions, open)
      }
    }
    unsafe posix_spawnattr_setflags(&attributes, setsid)
    var words = unsafe (["kugel"] + host.arguments).map { unsafe strdup($0.nameBytes) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    unsafe setenv(variable, "\(descriptor)", 1)
    defer { unsafe unsetenv(variable) }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, program, &actions, &attributes, &words, environ)
    guard code == 0 else {
      throw UserError(
        .unavailable, "this program cannot be started again: \(SystemError(code: code).cause)")
    }
    return process
  }

  private static func hears(_ descriptor: CInt) -> Bool {
    let end = ContinuousClock.now + patience
    var said: [UInt8] = []
    while said.count < word.utf8.count, Poller.wait(for: [descriptor], until: end)[0] {
      guard let piece = try? Descriptor.readWhatIsThere(descriptor), !piece.isEmpty else {
        return false
      }
      said += piece
    }
    // One that takes long is left to itself.
    return true
  }

  /// What detached speakers have to say is added to one file; -1 where there is no place for it.
  private static func openLog(in host: Host) -> CInt {
    guard let folder = try? RuntimeFolder.path(variable: host.variable) else { return -1 }
    let path = folder + "/detached.log"
    let size = (try? FileStatus(of: path))?.size ?? 0
    let flags = O_RDWR | O_CREAT | O_APPEND | (size > longestLog ? O_TRUNC : 0)
    return (try? Descriptor.open(path, flags, mode: 0o600)) ?? -1
  }

  private static func text(of log: CInt, from offset: Int) -> String {
    lseek(log, off_t(offset), SEEK_SET)
    let bytes = (try? Descriptor.readToEnd(log, atMost: longestLog)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }
}
