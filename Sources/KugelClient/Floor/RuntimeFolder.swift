import Glibc

/// The folder in which this user's kugel processes find one another.
package enum RuntimeFolder {
  /// Makes the folder if need be: `kugel` below `$XDG_RUNTIME_DIR`, or one of the user's own in `/tmp`.
  ///
  /// - Parameter variable: reads the environment.
  /// - Throws: when it cannot be made, or belongs to or can be entered by somebody else.
  package static func path(variable: (String) -> String?) throws(FloorError) -> String {
    if let given = variable("XDG_RUNTIME_DIR"), given.hasPrefix("/") {
      let path = given + "/kugel"
      if isOurs(path) { return path }
    }
    let path = "/tmp/kugel-\(getuid())"
    guard isOurs(path) else { throw FloorError(cause: "\(path) is not ours alone") }
    return path
  }

  /// Whether there is such a folder, now at the latest, that nobody else can use.
  static func isOurs(_ path: String) -> Bool {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { return false }
    var status = stat()
    // Not followed: a link that somebody put there leads where they like.
    guard unsafe lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == getuid()
      && status.st_mode & 0o077 == 0
  }
}

/// Why the processes of this user cannot find one another.
package struct FloorError: Error, Equatable, CustomStringConvertible {
  package let cause: String

  package var description: String { "no turn-taking with other kugel processes: \(cause)" }
}
