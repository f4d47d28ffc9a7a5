import Glibc
import KugelSystem
import Synchronization

/// The lock that one process at a time holds while it may be heard. It goes with the process, however that
/// ends; and where its holder is suspended, whoever waits may put a new lock in its place.
final class FloorLock: Sendable {
  private struct State {
    /// -1 before the first try. The lock is that of the open file, so it must stay open.
    var file: CInt = -1
    var isTaken = false
  }

  private let folder: String
  private let path: String
  private let state = Mutex(State())

  /// - Parameter folder: nobody else's.
  init(in folder: String) {
    self.folder = folder
    path = folder + "/speakers.lock"
  }

  deinit { state.withLock { if $0.file >= 0 { close($0.file) } } }

  /// Opens the file, which is made if need be.
  func open() throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in try Self.openAnew(path, &state.file) }
  }

  /// Takes it if nobody holds it.
  func tryToTake() -> Bool {
    state.withLock { state in
      // Another one may stand in its place by now, also between looking and taking.
      for _ in 0..<10 {
        if !isCurrent(state.file), (try? Self.openAnew(path, &state.file)) == nil { return false }
        guard flock(state.file, LOCK_EX | LOCK_NB) == 0 else { return false }
        guard isCurrent(state.file) else { continue }
        sign(state.file)
        state.isTaken = true
        return true
      }
      return false
    }
  }

  func release() {
    state.withLock { state in
      state.isTaken = false
      guard state.file >= 0 else { return }
      if isCurrent(state.file), holder == getpid() { ftruncate(state.file, 0) }
      _ = flock(state.file, LOCK_UN)
    }
  }

  /// It was taken here, and another one stands in its place: this process was suspended meanwhile.
  var isLost: Bool { state.withLock { $0.isTaken && !isCurrent($0.file) } }

  /// The process that signed the lock last.
  var holder: pid_t? {
    guard let bytes = try? SmallFile.read(path) else { return nil }
    return pid_t(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }

  /// The holder, if it is suspended or, with a child that keeps its lock, dead.
  var idleHolder: pid_t? {
    holder.flatMap { $0 != getpid() && ProcessState(of: $0).isIdle ? $0 : nil }
  }

  /// Puts a new lock in the place of one whose holder is idle.
  ///
  /// - Returns: that holder; nil when it is at work or not known. The new lock is still to be taken.
  func passSuspended() -> pid_t? {
    guard let holder = idleHolder, let folder = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
    else { return nil }
    defer { close(folder) }
    // One at a time, and only who still finds the same: else a lock that was just taken would be lost.
    guard flock(folder, LOCK_EX | LOCK_NB) == 0, self.holder == holder,
      ProcessState(of: holder).isIdle
    else { return nil }
    unsafe unlink(path.nameBytes)
    return holder
  }

  private static func openAnew(_ path: String, _ file: inout CInt) throws(SystemError) {
    let opened = try Descriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
    if file >= 0 { close(file) }
    file = opened
  }

  private func isCurrent(_ file: CInt) -> Bool {
    guard file >= 0, let here = try? FileStatus(of: path) else { return false }
    return here.identity == (try? FileStatus(of: file).identity)
  }

  private func sign(_ file: CInt) {
    ftruncate(file, 0)
    lseek(file, 0, SEEK_SET)
    try? Descriptor.writeAll("\(getpid())\n", to: file)
  }
}
