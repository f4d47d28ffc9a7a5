/// What this version of the program calls itself.
package enum Release {
  package static let version = "0.1.0"
  /// As man pages write a date.
  package static let date = "November 21, 2026"

  /// What `--version` prints.
  package static func text(libraries: [Library]) -> String {
    "kugel \(version)\n" + libraries.map { "\($0.name) \($0.version)\n" }.joined()
  }
}
