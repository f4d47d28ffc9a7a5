import Glibc

/// A command line that the shell runs, whose output is read.
package struct ShellCommand: ~Copyable {
  /// Of its standard output.
  package let output: CInt
  private let process: pid_t

  /// - Throws: when the system has no process to give.
  package init(_ line: String) throws(SystemError) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .latest }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    // What ends this process ends the command too, whoever takes it here.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let texts = ["sh", "-c", line]
    var words: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var process = pid_t()
    let code = unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ)
    guard code == 0 else {
      close(ends[0])
      throw SystemError(code: code)
    }
    (self.process, output) = (process, ends[0])
  }

  deinit { close(output) }

  /// Asks it to end.
  package func stop() { kill(process, SIGTERM) }

  /// Waits for its end.
  ///
  /// - Returns: its exit status, or 128 and the signal that ended it.
  package func status() throws(SystemError) -> Int { try ChildProcess.status(of: process) }
}
