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
  /// - Returns: its process, by which `kugel queue` knows it; nil where there was nothing to say.
  /// - Throws: what it failed with, if it did.
  package static func start(
    keepsDescriptors: Bool, in host: Host
  ) throws(UserError) -> Int32? {
    guard let program = host.program else {
      throw UserError(.unavailable, "this program cannot be started again")
    }
    let log = openLog(in: host)
    let nowhere = (try? Descriptor.open("/dev/null", O_RDWR)) ?? -1
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      throw UserError(.unavailable, "no pipe: \(SystemError.latest.cause)")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for descriptor in [log, nowhere, ends[0]] where descriptor >= 0 { close(descriptor) } }
    let before = log >= 0 ? (try? FileStatus(of: log))?.size ?? 0 : 0
    // Whatever is piped into it is read by it; a terminal stays here.
    let input = host.isTerminal(host.standardInput) ? nowhere : nil
    var descriptors = DetachedProcess.Descriptors(
      input: input, error: log >= 0 ? log : nowhere, link: ends[1])
    descriptors.keepsOthers = keepsDescriptors
    let process = try spawn(program, host, descriptors)
    close(ends[1])
    if hears(ends[0]) { return process }
    let status = DetachedProcess.wait(for: process)
    if status == 0 { return nil }
    // What it said is not for a file that nobody reads.
    let said = log >= 0 ? text(of: log, from: before) : ""
    try? Descriptor.writeAll(said, to: host.standardError)
    throw UserError(
      ExitStatus(rawValue: status) ?? .internalError,
      said.isEmpty ? "the speaker ended before it had its place in the queue" : "")
  }

  private static func spawn(
    _ program: String, _ host: Host, _ descriptors: DetachedProcess.Descriptors
  ) throws(UserError) -> pid_t {
    unsafe setenv(variable, "\(descriptor)", 1)
    defer { unsafe unsetenv(variable) }
    do throws(SystemError) {
      return try DetachedProcess.start(program, ["kugel"] + host.arguments, descriptors)
    } catch {
      throw UserError(.unavailable, "this program cannot be started again: \(error.cause)")
    }
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
