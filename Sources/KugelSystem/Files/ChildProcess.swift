import Glibc

/// Another program, run to its end.
package enum ChildProcess {
  /// Whether a program is found in PATH.
  package static func isInstalled(_ name: String) -> Bool {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    return path.split(separator: ":").contains {
      unsafe access("\($0)/\(name)".nameBytes, X_OK) == 0
    }
  }

  /// - Parameter words: its name, looked for in PATH, and what it is told.
  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: `isAbsence` when it is not installed.
  package static func run(_ words: [String]) throws(SystemError) -> Int {
    var child = pid_t()
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    let code = unsafe posix_spawnp(&child, words[0], nil, nil, &pointers, environ)
    guard code == 0 else { throw SystemError(code: code) }
    return try status(of: child)
  }

  static func status(of child: pid_t) throws(SystemError) -> Int {
    var status: CInt = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .latest }
    }
    let signal = status & 0x7F
    return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal)
  }
}
