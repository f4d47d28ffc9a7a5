import Glibc
import KugelSystem

/// The folder in which this user's kugel processes find one another.
package enum RuntimeFolder {
  /// Makes the folder if need be: `kugel` below `$XDG_RUNTIME_DIR`, or one of the user's own in `/tmp`.
  ///
  /// - Parameters:
  ///   - variable: reads the environment.
  ///   - common: where folders of all users are.
  /// - Throws: when it cannot be made, or belongs to or can be entered by somebody else.
  package static func path(
    variable: (String) -> String?, common: String = "/tmp"
  ) throws(FloorError) -> String {
    if let given = variable("XDG_RUNTIME_DIR"), given.hasPrefix("/") {
      let path = given + "/kugel"
      if isOurs(path) { return path }
    }
    let path = "\(common)/kugel-\(getuid())"
    guard isOurs(path) else {
      let owner = try? FileStatus(ofLink: path).owner
      throw FloorError(
        cause: owner.map {
          $0 == getuid() ? "\(path) is not for us alone" : "\(path) belongs to another user"
        }
          ?? "\(path) cannot be made")
    }
    return path
  }

  /// Whether there is such a folder, now at the latest, that nobody else can use.
  static func isOurs(_ path: String) -> Bool {
    guard (try? Folder.make(path, mode: 0o700)) != nil,
      // Not followed: a link that somebody put there leads where they like.
      let status = try? FileStatus(ofLink: path)
    else { return false }
    return status.kind == .directory && status.owner == getuid() && status.mode & 0o077 == 0
  }
}

/// Why the processes of this user cannot find one another.
package struct FloorError: Error, Equatable, CustomStringConvertible {
  package let cause: String

  package var description: String { "no turn-taking with other kugel processes: \(cause)" }
}
