import Glibc
import KugelEngine
import KugelJobs
import KugelSystem

extension ShopJob {
  /// Whoever ends it is told what becomes of what came.
  func watch(_ errand: VoiceErrand) throws(SystemError) {
    guard case .get(let names) = errand else { return }
    let command = "kugel voices -e \(engine.rawValue) --get \(names.joined(separator: " "))"
    let drafts = folder
    try SignalWatcher.watch([SIGINT, SIGTERM, SIGHUP]) { [host] signal in
      let isBegun = Folder.names(in: drafts).contains {
        $0.hasPrefix(".") && $0.hasSuffix(".part") && Self.isBegun(in: "\(drafts)/\($0)")
      }
      let start = host.isTerminal(host.standardError) ? "\r\u{1B}[K" : ""
      let end = isBegun ? "; what came is kept. To go on: \(command)" : ", nothing has come yet"
      try? Descriptor.writeAll("\(start)kugel: stopped\(end)\n", to: host.standardError)
      _exit(128 + signal)
    }
  }

  /// Of one who fetches or adds a voice: whoever comes second waits.
  func lock(_ draft: String, of name: String) throws(UserError) -> DraftLock {
    do throws(SystemError) {
      return try DraftLock(draft) {
        host.tell("kugel: another kugel brings \(name) here; waiting for it")
      }
    } catch {
      throw UserError(
        .cannotCreate, "cannot create \(draft): \(error.cause)",
        hint: "Name another place with XDG_DATA_HOME.")
    }
  }
}

/// A draft's folder that one process has.
struct DraftLock {
  static let name = "lock"
  private let descriptor: CInt

  /// Makes the folder, and waits until nobody else has it.
  init(_ draft: String, waiting: () -> Void) throws(SystemError) {
    while true {
      try Folder.makeAll(draft, mode: 0o755)
      let path = "\(draft)/\(Self.name)"
      let descriptor: CInt
      do throws(SystemError) {
        descriptor = try Descriptor.open(path, O_RDWR | O_CREAT, mode: 0o644)
      } catch {
        // Whoever had it has just gone, with the folder.
        if error.isAbsence { continue }
        throw error
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        waiting()
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      }
      if let held = try? FileStatus(of: descriptor), let there = try? FileStatus(of: path),
        held.identity == there.identity
      {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  func release() { close(descriptor) }
}

enum FreeRoom {
  /// What a file of this user may take there; nil where that is not known.
  static func bytes(at folder: String) -> Int? {
    var status = statvfs()
    guard unsafe statvfs(folder.nameBytes, &status) == 0 else { return nil }
    return Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }
}
