import Glibc
import KugelSystem
import Synchronization

/// The lock that one process at a time holds while it may be heard. It goes with the process, however that
/// ends; and where its holder is suspended, whoever waits may put a new lock in its place.
final class FloorLock: Sendable {
  private let folder: String
  private let path: String
  /// -1 before the first try. The lock is that of the open file, so it must stay open.
  private let file = Mutex<CInt>(-1)

  /// - Parameter folder: nobody else's.
  init(in folder: String) {
    self.folder = folder
    path = folder + "/speakers.lock"
  }

  deinit { file.withLock { if $0 >= 0 { close($0) } } }

  /// Opens the file, which is made if need be.
  func open() throws(SystemError) {
    try file.withLock { (file) throws(SystemError) in try Self.openAnew(path, &file) }
  }

  /// Takes it if nobody holds it.
  func tryToTake() -> Bool {
    file.withLock { file in
      // Another one may stand in its place by now, also between looking and taking.
      for _ in 0..<10 {
        if !isCurrent(file), (try? Self.openAnew(path, &file)) == nil { return false }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return false }
        guard isCurrent(file) else { continue }
        sign(file)
        return true
      }
      return false
    }
  }

  func release() {
    file.withLock { file in
      guard file >= 0 else { return }
      if holder == getpid() { ftruncate(file, 0) }
      _ = flock(file, LOCK_UN)
    }
  }

  /// The process that signed the lock last.
  var holder: pid_t? {
    guard let bytes = try? SmallFile.read(path) else { return nil }
    return pid_t(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }

  /// Puts a new lock in the place of one whose holder is suspended or, with a child that keeps its lock, dead.
  ///
  /// - Returns: that holder; nil when it is at work or not known. The new lock is still to be taken.
  func passSuspended() -> pid_t? {
    guard let holder, holder != getpid(), ProcessState(of: holder).isIdle,
      let folder = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
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

/// What a process is doing, as `/proc` tells.
enum ProcessState: Equatable {
  case running, suspended, gone

  init(of process: pid_t) {
    guard let bytes = try? SmallFile.read("/proc/\(process)/stat") else {
      // Without /proc nothing is known, and whoever is not known is at work.
      self = kill(process, 0) == 0 || errno != ESRCH ? .running : .gone
      return
    }
    // The state follows the name, which may hold anything, in brackets.
    let behind = bytes.lastIndex(of: UInt8(ascii: ")")).map { bytes.dropFirst($0 + 2) }
    switch behind?.first {
    case UInt8(ascii: "T"), UInt8(ascii: "t"): self = .suspended
    case UInt8(ascii: "Z"), UInt8(ascii: "X"): self = .gone
    default: self = .running
    }
  }

  /// Whether there is no sense in waiting for it.
  var isIdle: Bool { self != .running }
}

/// What somebody who waits for the speakers learns.
package enum FloorNotice: Equatable, Sendable {
  /// Somebody else plays, by this process if it is known.
  case waiting(for: Int32?)
  /// They were suspended, and are waited for no longer.
  case passing(Int32)
}
