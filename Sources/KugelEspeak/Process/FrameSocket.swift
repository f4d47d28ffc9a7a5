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

  /// Sends a frame of sound from where its samples lie, and what follows it in the same breath.
  func send(_ sound: EspeakSound, with last: EspeakFrame? = nil) throws(Failure) {
    let (head, tail) = (EspeakFrame.head(of: sound), last?.bytes ?? [])
    let counts = [head.count, sound.samples.count * 2, tail.count]
    var done = 0
    while done < counts.reduce(0, +) {
      done += try move {
        unsafe head.withUnsafeBytes { head in
          unsafe sound.samples.withUnsafeBytes { samples in
            unsafe tail.withUnsafeBytes { tail in
              unsafe sendAll([head, samples, tail], from: done)
            }
          }
        }
      }
    }
  }

  /// - Returns: as `sendmsg`.
  private func sendAll(_ pieces: [UnsafeRawBufferPointer], from start: Int) -> Int {
    var skipped = start
    var vectors = unsafe pieces.map { piece in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: piece.dropFirst(skipped))
      skipped -= piece.count - rest.count
      return unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: rest.baseAddress), iov_len: rest.count)
    }
    return unsafe vectors.withUnsafeMutableBufferPointer { vectors in
      var message = unsafe msghdr()
      unsafe message.msg_iov = vectors.baseAddress
      unsafe message.msg_iovlen = vectors.count
      return unsafe sendmsg(descriptor, &message, CInt(MSG_NOSIGNAL))
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
