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

  /// How often somebody who waits for one looks whether it is still wanted.
  private static let step = Duration.milliseconds(20)

  /// Runs one in a process group of its own: what a terminal sends is for us, and it ends when we do.
  ///
  /// - Parameters:
  ///   - words: its name, looked for in PATH, and what it is told.
  ///   - isWanted: asked again and again; where it is not, it is ended.
  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: what the system said of starting it.
  package static func run(
    _ words: [String], while isWanted: () -> Bool
  ) throws(SystemError) -> Int {
    // Also where we are killed, which nobody can see to in this process.
    let leash = isInstalled("setpriv") ? ["setpriv", "--pdeathsig", "KILL"] : []
    var child = pid_t()
    var pointers: [UnsafeMutablePointer<CChar>?] =
      unsafe (leash + words).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let spawned = unsafe posix_spawnp(
      &child, leash.first ?? words[0], nil, &attributes, &pointers, environ)
    guard spawned == 0 else { throw SystemError(code: spawned) }
    RunningPrograms.add(child)
    defer { RunningPrograms.remove(child) }
    var status: CInt = 0
    while true {
      let ended = unsafe waitpid(child, &status, WNOHANG)
      if ended == child { return code(of: status) }
      guard ended == 0 || errno == EINTR else { throw .latest }
      if !isWanted() { kill(-child, SIGKILL) }
      usleep(UInt32(step / .microseconds(1)))
    }
  }

  static func status(of child: pid_t) throws(SystemError) -> Int {
    var status: CInt = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .latest }
    }
    return code(of: status)
  }

  private static func code(of status: CInt) -> Int {
    let signal = status & 0x7F
    return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal)
  }
}
