import KugelSystem

extension Host {
  /// Refuses a directory as the file to write, before anything else is asked of its name.
  ///
  /// - Throws: 73, naming it. Other targets are judged when they are made.
  package func refuseDirectory(_ path: String?) throws(UserError) {
    guard let path, path != "-" else { return }
    guard (try? FileStatus(of: path).kind) == .directory else { return }
    throw UserError(
      .cannotCreate, "cannot create \(path): is a directory",
      hint: "Name a file in it with -o FILE.")
  }
}
