import CRelease

/// What this version of the program calls itself. The one place for it: manual pages, packages and the names
/// of their files are made from here.
package enum Release {
  package static let version = "0.1.0"
  /// As man pages write a date.
  package static let date = "November 21, 2026"

  /// The commit that it was built from, as `make` told; nil where nobody did.
  package static var commit: String? {
    let commit = unsafe String(cString: kugel_release_commit())
    return commit.isEmpty ? nil : commit
  }

  /// What `--version` prints.
  package static func text(commit: String?, libraries: [Library]) -> String {
    "kugel \(version)\n" + "commit \(commit ?? "unknown: built without git or without make")\n"
      + libraries.map { "\($0.name) \($0.version)\n" }.joined()
  }
}
