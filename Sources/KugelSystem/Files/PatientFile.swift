import Glibc

/// Files whose other end may take its time: whoever waits for it is asked, a few times a second, whether to
/// go on, and can leave the process instead.
package enum PatientFile {
  /// Opens a file to write, empty; makes it where there is none. A named pipe is opened once somebody reads
  /// from it.
  ///
  /// - Parameter waiting: called while nobody reads, with how long that has been.
  /// - Throws: a folder, no permission, and the like.
  package static func create(
    _ path: String, waiting: (Duration) -> Void
  ) throws(SystemError) -> CInt {
    guard (try? FileStatus(of: path).kind) == .pipe else {
      return try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    }
    let begin = ContinuousClock.now
    while true {
      do throws(SystemError) {
        let descriptor = try Descriptor.open(path, O_WRONLY | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFL, O_WRONLY)
        return descriptor
      } catch {
        guard error.code == ENXIO else { throw error }
      }
      waiting(ContinuousClock.now - begin)
      // The system has nothing to wait on for that.
      usleep(20_000)
    }
  }

  /// What is left to read of a descriptor.
  ///
  /// - Parameter waiting: called while nothing comes, with how long that has been.
  /// - Throws: `EFBIG` when it is larger than a small file.
  package static func read(
    from descriptor: CInt, waiting: (Duration) -> Void
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let begin = ContinuousClock.now
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while unsafe poll(&entry, 1, 100) == 0 { waiting(ContinuousClock.now - begin) }
      guard let piece = try Descriptor.readPiece(descriptor) else { return bytes }
      bytes += piece
      guard bytes.count <= SmallFile.limit else { throw SystemError(code: EFBIG) }
    }
  }
}
