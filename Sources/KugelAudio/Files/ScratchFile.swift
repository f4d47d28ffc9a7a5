import Glibc
import KugelSystem

/// A file that grows beside its target under a hidden name, until it takes the target's name or vanishes.
@safe final class ScratchFile {
  let path: String
  let descriptor: CInt
  private var settled = false

  /// - Throws: what the system said; nothing is left behind.
  init(beside target: FileTarget) throws(SystemError) {
    // A file name holds 255 bytes; dots and the random part take eight.
    var stem = target.lastComponent
    while String(stem).systemBytes.count > 247 { stem.removeLast() }
    let prefix = "\(target.path.dropLast(target.lastComponent.count)).\(stem)."
    for _ in 0..<100 {
      let path = prefix + Self.randomPart()
      do {
        descriptor = try Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL)
        self.path = path
        UnfinishedFiles.began(path, for: target)
        return
      } catch {
        guard error.code == EEXIST else { throw error }
      }
    }
    throw SystemError(code: EEXIST)
  }

  /// One that has its name from the beginning: nobody else knows that.
  init(at target: FileTarget) throws(SystemError) {
    path = target.path
    descriptor = try Descriptor.open(path, O_RDWR | O_CREAT | O_TRUNC)
  }

  deinit {
    if !settled { discard() }
  }

  /// Leaves nothing behind.
  func discard() {
    guard !settled else { return }
    settled = true
    Glibc.close(descriptor)
    try? UnfinishedFiles.settle(path) { unsafe unlink(path.nameBytes) }
  }

  /// Gives the file its name.
  ///
  /// - Parameter overwrite: a file of that name is replaced and hands on its permission; otherwise only an
  ///   empty one is.
  /// - Throws: what the system said; the file is then still at `path`.
  func publish(as target: FileTarget, overwrite: Bool) throws(SystemError) {
    var empty = false
    if case .file(let size, _)? = try? target.occupant() { empty = size == 0 }
    var closed: SystemError?
    do { _ = try close(with: target) } catch { closed = error }
    try UnfinishedFiles.settle(path) { () throws(SystemError) in
      if overwrite || empty {
        try call(unsafe rename(path.nameBytes, target.path.nameBytes))
      } else {
        try publishUnlessTaken(target.path)
      }
    }
    if let closed { throw closed }
  }

  /// Ends it where the target is known to nobody else.
  func settle(as target: FileTarget) throws(SystemError) {
    settled = true
    guard Glibc.close(descriptor) == 0 else { throw .latest }
    guard path != target.path else { return }
    try UnfinishedFiles.settle(path) { () throws(SystemError) in
      try call(unsafe rename(path.nameBytes, target.path.nameBytes))
    }
  }

  /// Ends it under the name it has, with the permission of the file that it is to replace, if there is one.
  ///
  /// - Returns: its path.
  func close(with target: FileTarget) throws(SystemError) -> String {
    settled = true
    if case .file(_, let mode)? = try? target.occupant() { fchmod(descriptor, mode) }
    guard Glibc.close(descriptor) == 0 else { throw .latest }
    return path
  }

  /// `rename` would silently replace a file made since we looked; `link` does not.
  private func publishUnlessTaken(_ destination: String) throws(SystemError) {
    if unsafe link(path.nameBytes, destination.nameBytes) == 0 {
      unsafe unlink(path.nameBytes)
      return
    }
    if errno == EEXIST || (try? FileStatus(ofLink: destination)) != nil {
      throw SystemError(code: EEXIST)
    }
    try call(unsafe rename(path.nameBytes, destination.nameBytes))  // a file system without links
  }

  private func call(_ result: CInt) throws(SystemError) {
    if result != 0 { throw .latest }
  }

  private static func randomPart() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    return String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
  }
}
