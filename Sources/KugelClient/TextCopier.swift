import Glibc
import KugelSystem

/// Copies bytes to a descriptor on a thread of its own, so that a slow reader holds up nobody else.
final class TextCopier: Sendable {
  private let pending = Mailbox<[UInt8]>()
  private let thread: Thread

  /// - Parameter failed: called on the copier's thread with the error number when writing fails.
  init(descriptor: CInt, failed: @escaping @Sendable (CInt) -> Void) throws(ThreadError) {
    let pending = pending
    thread = try Thread(name: "kugel-tee") {
      while let bytes = pending.take() {
        if let code = Self.write(bytes, to: descriptor) {
          pending.close()
          failed(code)
          return
        }
      }
    }
  }

  /// Pieces that wait to be written.
  var backlog: Int { pending.count }

  func copy(_ bytes: [UInt8]) { pending.post(bytes) }

  /// Returns when everything has been written.
  func finish() {
    pending.close()
    thread.join()
  }

  private static func write(_ bytes: [UInt8], to descriptor: CInt) -> CInt? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        rest.removeFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
