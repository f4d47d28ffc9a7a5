import Glibc
import Synchronization

/// A queue into a thread that waits in `poll`: any thread posts, the owner sees its descriptor become
/// readable and drains it.
@safe package final class Inbox<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  /// Readable while something waits.
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
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  package func post(_ element: Element) {
    let wasEmpty = elements.withLock { elements in
      elements.append(element)
      return elements.count == 1
    }
    guard wasEmpty else { return }
    var byte: UInt8 = 0
    // The pipe holds one byte at most for each time it was emptied; it cannot be full.
    _ = unsafe write(writeEnd, &byte, 1)
  }

  /// Everything that was posted, in order; does not wait.
  package func drain() -> [Element] {
    var bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
    while unsafe read(descriptor, &bytes, bytes.count) == bytes.count {}
    return elements.withLock { elements in
      defer { elements = [] }
      return elements
    }
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
