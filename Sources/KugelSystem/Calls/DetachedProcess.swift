import Glibc

/// A process in a session of its own, which goes on when this one and its terminal are gone.
package enum DetachedProcess {
  /// `POSIX_SPAWN_SETSID` of spawn.h, which Swift does not see.
  private static let setsid: Int16 = 0x80

  /// What it has for its first descriptors.
  package struct Descriptors {
    /// nil: this process's own.
    package var input: CInt?
    package var error: CInt
    /// Its descriptor 3.
    package var link: CInt
    /// Whether it has those behind it, too, that this process was given.
    package var keepsOthers = false

    package init(input: CInt?, error: CInt, link: CInt) {
      self.input = input
      self.error = error
      self.link = link
    }
  }

  /// - Parameters:
  ///   - words: the name and the arguments.
  ///   - descriptors: its standard output is nowhere.
  package static func start(
    _ program: String, _ words: [String], _ descriptors: Descriptors
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    if let input = descriptors.input {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptors.error, STDERR_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptors.link, 3)
    // Whoever waits for the end of something that came down to us need not wait for this process.
    if !descriptors.keepsOthers {
      for open in Folder.names(in: "/proc/self/fd").compactMap(CInt.init) where open > 3 {
        unsafe posix_spawn_file_actions_addclose(&actions, open)
      }
    }
    unsafe posix_spawnattr_setflags(&attributes, setsid)
    var arguments = unsafe words.map { unsafe strdup($0.nameBytes) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, program, &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }

  /// Waits for its end.
  ///
  /// - Returns: as a shell tells it.
  package static func wait(for process: pid_t) -> CInt {
    var status: CInt = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    // A signal's number in the low bits, an exit status above.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
