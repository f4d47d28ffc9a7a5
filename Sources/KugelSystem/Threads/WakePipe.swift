import Glibc

/// A pipe that carries nothing: its descriptor becomes readable when another thread rings, which ends a
/// `poll`.
@safe package final class WakePipe: Sendable {
  /// Readable from `ring` to `clear`.
  package let descriptor: CInt
  private let writeEnd: CInt

  /// - Throws: when the process has no descriptors left.
  package init() throws(SystemCallError) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw SystemCallError(call: "pipe", code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// A pipe that is full is readable all the more.
  package func ring() {
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd, &byte, 1)
  }

  package func clear() {
    var bytes: UInt64 = 0
    while unsafe read(descriptor, &bytes, 8) == 8 {}
  }
}

/// A call to the operating system that failed.
package struct SystemCallError: Error, Equatable, CustomStringConvertible {
  package let call: String
  package let code: CInt

  package init(call: String, code: CInt) {
    self.call = call
    self.code = code
  }

  package var description: String { unsafe "\(call): \(String(cString: strerror(code)))" }
}
