import Glibc

/// A call to the operating system that failed.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The `errno`.
  package let code: CInt
  /// What was called, where that helps to understand.
  package let call: String?

  package init(code: CInt, call: String? = nil) {
    self.code = code
    self.call = call
  }

  /// What `errno` says now; read it before any other call.
  package static var latest: SystemError { SystemError(code: errno) }

  /// The system's words, fit for the middle of a sentence: "no space left on device".
  package var cause: String {
    if self == .noWriter { return "nobody writes into this pipe" }
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    let message = unsafe String(cString: text)
    return message.prefix(1).lowercased() + message.dropFirst()
  }

  package var description: String { (call.map { "\($0): " } ?? "") + cause }

  /// There is no such file.
  package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  /// There is no more room, on the disk or of what one may have of it.
  package var isFull: Bool { code == ENOSPC || code == EDQUOT }

  /// A pipe that nobody opened to write into, for as long as one may wait for that.
  package static let noWriter = SystemError(code: ENXIO, call: "read")
}

/// The name that those use who start threads.
package typealias ThreadError = SystemError
