import Glibc

extension Host {
  /// Refuses a directory as the file to write, before anything else is asked of its name.
  ///
  /// - Throws: 73, naming it. Other targets are judged when they are made.
  package func refuseDirectory(_ path: String?) throws(UserError) {
    guard let path, path != "-" else { return }
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
    throw UserError(
      .cannotCreate, "cannot create \(path): is a directory",
      hint: "Name a file in it with -o FILE.")
  }
}
