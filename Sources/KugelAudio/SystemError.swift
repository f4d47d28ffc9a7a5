import Glibc
import KugelSystem

/// A refused system call, by its `errno`.
struct SystemError: Error, Equatable {
  let code: CInt

  /// What `errno` says now; read it before any other call.
  static var latest: SystemError { SystemError(code: errno) }

  /// The system's words, fit for the middle of a sentence: "no space left on device".
  var cause: String {
    unsafe String(cString: strerror(code)).beginningSmall
  }
}
