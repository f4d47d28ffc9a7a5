import Glibc

/// A file that grows beside its target under a hidden name, until it takes the target's name or vanishes.
@safe final class ScratchFile {
  let path: String
  let descriptor: CInt
  private var settled = false

  /// - Throws: what the system said; nothing is left behind.
  init(beside target: FileTarget) throws(SystemError) {
    // A file name holds 255 bytes; dots and the random part take eight.
    var stem = target.lastComponent
    while stem.utf8.count > 247 { stem.removeLast() }
    let prefix = "\(target.path.dropLast(target.lastComponent.count)).\(stem)."
    for _ in 0..<100 {
      let path = prefix + Self.randomPart()
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.path = path
        self.descriptor = descriptor
        return
      }
      guard errno == EEXIST else { break }
    }
    throw .latest
  }

  deinit {
    if !settled { discard() }
  }

  /// Leaves nothing behind.
  func discard() {
    guard !settled else { return }
    settled = true
    close(descriptor)
    unsafe unlink(path)
  }

  /// Gives the file its name.
  ///
  /// - Parameter overwrite: a file of that name is replaced and hands on its permission; otherwise only an
  ///   empty one is.
  /// - Throws: what the system said; the file is then still at `path`.
  func publish(as target: FileTarget, overwrite: Bool) throws(SystemError) {
    settled = true
    var empty = false
    if case .file(let size, let mode)? = try? target.occupant() {
      empty = size == 0
      fchmod(descriptor, mode)
    }
    let closed = close(descriptor) == 0 ? nil : SystemError.latest
    if overwrite || empty {
      try call(unsafe rename(path, target.path))
    } else {
      try publishUnlessTaken(target.path)
    }
    if let closed { throw closed }
  }

  /// `rename` would silently replace a file made since we looked; `link` does not.
  private func publishUnlessTaken(_ destination: String) throws(SystemError) {
    if unsafe link(path, destination) == 0 {
      unsafe unlink(path)
      return
    }
    var status = stat()
    if unsafe errno == EEXIST || lstat(destination, &status) == 0 {
      throw SystemError(code: EEXIST)
    }
    try call(unsafe rename(path, destination))  // a file system without links
  }

  private func call(_ result: CInt) throws(SystemError) {
    if result != 0 { throw .latest }
  }

  private static func randomPart() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    return String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
  }
}
