import Glibc

/// A pipe that carries nothing: its descriptor becomes readable when another thread rings, which ends a
/// `poll`.
@safe package final class WakePipe: Sendable {
  /// Readable from `ring` to `clear`.
  package let descriptor: CInt
  private let writeEnd: CInt

  /// - Throws: when the process has no descriptors left.
  package init() throws(SystemError) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw SystemError(code: errno, call: "pipe") }
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
