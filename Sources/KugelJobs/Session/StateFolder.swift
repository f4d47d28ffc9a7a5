import KugelSystem

/// `kugel` below `$XDG_STATE_HOME`: what is remembered from one run to the next.
package enum StateFolder {
  /// The path of a file in it; the folder is made if need be.
  ///
  /// - Returns: nil when there is no place for it; then nothing is remembered.
  package static func file(_ name: String, in host: Host) -> String? {
    let home = host.variable("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let given = host.variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let base = given ?? home.map({ $0 + "/.local/state" }) else { return nil }
    let folder = base + "/kugel"
    // Only what is made here is private; folders that are there stay as they are.
    guard (try? Folder.makeAll(folder, mode: 0o700)) != nil else { return nil }
    return folder + "/" + name
  }
}
