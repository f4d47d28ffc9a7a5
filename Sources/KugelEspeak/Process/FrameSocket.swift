import Glibc
import KugelSystem

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
      done += try move {
        unsafe bytes.withUnsafeBytes { bytes in
          unsafe Glibc.send(
            descriptor, bytes.baseAddress! + done, bytes.count - done, CInt(MSG_NOSIGNAL))
        }
      }
    }
  }

  /// - Parameter patience: milliseconds without a byte; -1 waits without limit.
  func receive(patience: CInt = -1) throws(Failure) -> EspeakFrame {
    while true {
      do { if let frame = try reader.next() { return frame } } catch { throw .ended }
      guard isReadable(within: patience) else { throw .silent }
      let count = try move {
        unsafe buffer.withUnsafeMutableBytes { buffer in
          unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
      }
      guard count > 0 else { throw .ended }
      reader.append(buffer[..<count])
    }
  }

  /// - Returns: bytes that were moved.
  private func move(_ call: () -> Int) throws(Failure) -> Int {
    do throws(SystemError) { return try Descriptor.once(call) ?? 0 } catch { throw .ended }
  }

  /// Whether the other side said something, or is gone.
  func isReadable(within milliseconds: CInt = 0) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return (try? Descriptor.once { unsafe Int(poll(&entry, 1, milliseconds)) }) != 0
  }
}
