import Glibc

/// Files that are read whole: configurations, keys, lists.
package enum SmallFile {
  /// Bytes that one may hold.
  package static let limit = 1 << 20

  /// All of a file. A pipe is read to its end; one that nobody opens to write into is an error.
  ///
  /// - Parameters:
  ///   - patience: how long to wait for somebody to open a pipe for writing.
  ///   - slow: called once when a pipe with somebody at its other end gives nothing for as long.
  /// - Throws: `EFBIG` when it is larger than a small file, `.noWriter` for a pipe without a writer.
  package static func read(
    _ path: String, patience: Duration = .seconds(5), slow: () -> Void = {}
  ) throws(SystemError) -> [UInt8] {
    // A pipe is opened without waiting for its other end.
    let descriptor = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
    defer { close(descriptor) }
    guard (try? FileStatus(of: descriptor).kind) == .pipe else {
      return try read(from: descriptor)
    }
    return try readPipe(descriptor, patience: patience, slow: slow)
  }

  /// What is left to read of a descriptor.
  package static func read(from descriptor: CInt) throws(SystemError) -> [UInt8] {
    try Descriptor.readToEnd(descriptor, atMost: limit)
  }

  /// Beside its name first, so that no reader meets half of it, and on a full disk the old one stays.
  ///
  /// - Parameter mode: permission of the new file.
  package static func replace(
    _ path: String, with text: String, mode: mode_t = 0o666
  ) throws(SystemError) {
    let draft = path + ".\(getpid())"
    let descriptor = try Descriptor.open(draft, O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
    do throws(SystemError) {
      defer { close(descriptor) }
      try Descriptor.writeAll(text, to: descriptor)
    } catch {
      unsafe unlink(draft.nameBytes)
      throw error
    }
    guard unsafe rename(draft.nameBytes, path.nameBytes) == 0 else {
      let error = SystemError.latest
      unsafe unlink(draft.nameBytes)
      throw error
    }
  }

  private static func readPipe(
    _ descriptor: CInt, patience: Duration, slow: () -> Void
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = ContinuousClock.now + patience
    var isToldOf = false
    while true {
      let piece = try Descriptor.readWhatIsThere(descriptor)
      if let piece, !piece.isEmpty {
        bytes += piece
        guard bytes.count <= limit else { throw SystemError(code: EFBIG) }
        continue
      }
      if piece == nil {
        // Somebody is there who has not written yet, and may take their time.
        if isReady(descriptor, within: isToldOf ? nil : patience) == nil, !isToldOf {
          isToldOf = true
          slow()
        }
      } else if !bytes.isEmpty || hasHungUp(descriptor) {
        return bytes
      } else if ContinuousClock.now >= end {
        throw .noWriter
      } else {
        // The system has nothing to wait on for that.
        usleep(20_000)
      }
    }
  }

  private static func hasHungUp(_ descriptor: CInt) -> Bool {
    isReady(descriptor, within: .zero).map { $0 & CInt(POLLHUP) != 0 } ?? false
  }

  /// - Returns: what is ready, in the bits of `poll`; nil when nothing is in time.
  private static func isReady(_ descriptor: CInt, within patience: Duration?) -> CInt? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let time = patience.map { CInt($0 / .milliseconds(1)) } ?? -1
    return unsafe poll(&entry, 1, time) > 0 ? CInt(entry.revents) : nil
  }
}
