import Glibc

/// Reading and writing descriptors whole, whatever mode others have put them into: a signal in between and
/// a pipe that is full or empty are no errors here.
package enum Descriptor {
  /// - Parameters:
  ///   - flags: of `open`; `O_CLOEXEC` is among them always.
  ///   - mode: permission of a file that is made.
  /// - Returns: for the caller to close.
  package static func open(
    _ path: String, _ flags: CInt, mode: mode_t = 0o666
  ) throws(SystemError) -> CInt {
    while true {
      let descriptor = unsafe Glibc.open(path.nameBytes, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      guard errno == EINTR else { throw .latest }
    }
  }

  // MARK: Once

  /// - Returns: bytes read, 0 at the end; nil when nothing has come yet (non-blocking).
  package static func read(
    _ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int? {
    try once { unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
  }

  /// - Parameter offset: of the file; its position stays.
  /// - Returns: bytes read, 0 at the end.
  package static func read(
    _ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    try once {
      unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    } ?? 0
  }

  /// - Returns: bytes taken; nil when there is no room now (non-blocking).
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: CInt
  ) throws(SystemError) -> Int? {
    try once { unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
  }

  /// - Parameter offset: of the file; its position stays.
  /// - Returns: bytes taken.
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: CInt, at offset: Int
  ) throws(SystemError) -> Int {
    try once {
      unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
    } ?? 0
  }

  /// One call that may be cut short by signals, and may have to wait.
  ///
  /// - Returns: what it returns; nil when it would have to wait.
  package static func once(_ call: () -> Int) throws(SystemError) -> Int? {
    while true {
      let count = call()
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw .latest
      }
    }
  }

  /// Up to 64 KiB of what has come.
  ///
  /// - Returns: empty at the end; nil when nothing has come yet (non-blocking).
  package static func readWhatIsThere(_ descriptor: CInt) throws(SystemError) -> [UInt8]? {
    var result = Result<Int?, SystemError>.success(nil)
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      do throws(SystemError) {
        let read = try unsafe read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
        count = read ?? 0
        result = .success(read)
      } catch {
        result = .failure(error)
      }
    }
    return try result.get().map { _ in piece }
  }

  // MARK: To the end

  /// Everything up to the end, which is waited for.
  ///
  /// - Parameter limit: bytes; more is `EFBIG`.
  package static func readToEnd(
    _ descriptor: CInt, atMost limit: Int = .max
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try readPiece(descriptor) {
      bytes += piece
      guard bytes.count <= limit else { throw SystemError(code: EFBIG) }
    }
    return bytes
  }

  /// What comes next, at least a byte of it, which is waited for; nil at the end.
  package static func readPiece(_ descriptor: CInt) throws(SystemError) -> [UInt8]? {
    while true {
      if let piece = try readWhatIsThere(descriptor) { return piece.isEmpty ? nil : piece }
      wait(for: descriptor, CInt(POLLIN))
    }
  }

  /// All of it, in order, however slowly the reader takes it.
  package static func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
    var failure: SystemError?
    unsafe bytes.withUnsafeBytes { buffer in
      do throws(SystemError) { try unsafe writeAll(buffer, to: descriptor) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  package static func writeAll(_ text: String, to descriptor: CInt) throws(SystemError) {
    try writeAll(Array(text.utf8), to: descriptor)
  }

  package static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: CInt
  ) throws(SystemError) {
    var offset = 0
    while offset < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
      if let count = try unsafe write(rest, to: descriptor) {
        offset += count
      } else {
        wait(for: descriptor, CInt(POLLOUT))
      }
    }
  }

  private static func wait(for descriptor: CInt, _ event: CInt) {
    var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }
}
