import Glibc

/// One end of the line between a process of the engine and its parent. Used by one thread at a time.
final class FrameSocket {
  enum Failure: Error, Equatable {
    /// The other side is gone, or said what no frame is.
    case ended
    /// Nothing came for too long.
    case silent
  }

  private let descriptor: CInt
  private var reader = EspeakFrameReader()
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// - Parameter descriptor: of a connected stream socket; closed with this.
  init(descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Waits until all is taken. A vanished reader is an error, not a signal.
  func send(_ frame: EspeakFrame) throws(Failure) {
    let bytes = frame.bytes
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(
          descriptor, bytes.baseAddress! + done, bytes.count - done, CInt(MSG_NOSIGNAL))
      }
      if count >= 0 { done += count } else if errno != EINTR { throw .ended }
    }
  }

  /// - Parameter patience: milliseconds without a byte; -1 waits without limit.
  func receive(patience: CInt = -1) throws(Failure) -> EspeakFrame {
    while true {
      do { if let frame = try reader.next() { return frame } } catch { throw .ended }
      guard isReadable(within: patience) else { throw .silent }
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
      }
      if count > 0 {
        reader.append(buffer[..<count])
      } else if count == 0 || errno != EINTR {
        throw .ended
      }
    }
  }

  /// Whether the other side said something, or is gone.
  func isReadable(within milliseconds: CInt = 0) -> Bool {
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&entry, 1, milliseconds)
      if ready >= 0 || errno != EINTR { return ready != 0 }
    }
  }
}
