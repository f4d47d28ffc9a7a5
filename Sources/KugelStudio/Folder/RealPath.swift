import Glibc
import KugelSystem

/// Where a path leads, links followed.
enum RealPath {
  /// - Returns: the path itself where nothing is there.
  static func of(_ path: String) -> String {
    guard let found = unsafe realpath(path.nameBytes, nil) else { return path }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
