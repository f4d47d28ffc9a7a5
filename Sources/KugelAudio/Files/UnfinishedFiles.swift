import Glibc
import KugelSystem
import Synchronization

/// The sound files of this process that have no final name yet, so that none is lost under a hidden one
/// when the process has to end at once.
package enum UnfinishedFiles {
  private static let files = Mutex<[String: FileTarget]>([:])

  static func began(_ path: String, for target: FileTarget) {
    files.withLock { $0[path] = target }
  }

  /// - Parameter name: gives the file a name that can be found, or removes it; while it does, nobody else
  ///   does.
  static func settle(_ path: String, by name: () throws(SystemError) -> Void) throws(SystemError) {
    try files.withLock { (files) throws(SystemError) in
      try name()
      files[path] = nil
    }
  }

  /// - Returns: the name of what is left of a file that did not become whole; see `Fragment`.
  static func keep(_ path: String, beside target: String) throws(SystemError) -> String {
    var name = path
    try settle(path) { () throws(SystemError) in
      name = try Fragment.keep(path, beside: target)
    }
    return name
  }

  /// Gives what holds sound its name, just as it stands; where another file has that, a name beside it.
  ///
  /// The process is to end right after.
  ///
  /// - Parameters:
  ///   - folder: those in it; nil: all.
  ///   - patience: for those that are just being finished.
  /// - Returns: what is to be said of those that got another name, in sentences without a stop.
  package static func rescue(in folder: String? = nil, within patience: Duration) -> [String] {
    let end = ContinuousClock.now + patience
    // Whoever holds the lock may wait for a disk, and is not waited for.
    while files.withLockIfAvailable({ $0.isEmpty }) != true, ContinuousClock.now < end {
      usleep(2000)
    }
    for _ in 0..<50 {
      let remarks = files.withLockIfAvailable { files in
        let meant = files.keys.sorted().filter { path in folder.map { path.hasPrefix($0) } ?? true }
        return meant.compactMap { path in
          files.removeValue(forKey: path).flatMap { rescue(path, for: $0) }
        }
      }
      if let remarks { return remarks }
      usleep(2000)
    }
    return []
  }

  private static func rescue(_ path: String, for file: FileTarget) -> String? {
    guard holdsSound(path) else {
      unsafe unlink(path.nameBytes)
      return nil
    }
    do throws(SystemError) {
      if try takeName(of: file, path) { return nil }
      return HeldFile.remark(file.name, fragment: try Fragment.keep(path, beside: file.path))
    } catch {
      return "\(file.name): \(error.cause); the sound is in \(path)"
    }
  }

  /// - Returns: false where another file has the name.
  private static func takeName(of file: FileTarget, _ path: String) throws(SystemError) -> Bool {
    if case .file(let size, _)? = try? file.occupant(), size == 0 {
      try Fragment.call(unsafe rename(path.nameBytes, file.path.nameBytes))
      return true
    }
    guard (try? FileStatus(ofLink: file.path)) == nil else { return false }
    // `rename` would replace a file made since we looked.
    if unsafe link(path.nameBytes, file.path.nameBytes) == 0 {
      unsafe unlink(path.nameBytes)
    } else {
      let error = SystemError.latest
      if error.code == EEXIST { return false }
      try Fragment.call(unsafe rename(path.nameBytes, file.path.nameBytes))
    }
    return true
  }

  /// What has a header may have nothing else.
  private static func holdsSound(_ path: String) -> Bool {
    guard let status = try? FileStatus(of: path), status.size > 0 else { return false }
    // Bare samples say nothing of themselves.
    guard let reader = try? SoundReader(path: path, outputRate: 24_000) else { return true }
    do throws(SoundReadError) {
      while let piece = try reader.read(frames: 4800) {
        if !piece.isEmpty { return true }
      }
      return false
    } catch {
      return true
    }
  }
}
