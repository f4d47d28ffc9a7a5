import Glibc

extension Host {
  /// Opens a text to read.
  ///
  /// - Returns: a descriptor for the caller to close; that of standard input for `-`, which stays open.
  /// - Throws: 66, naming the input: absent, a directory, no permission.
  package func openInput(_ path: String) throws(UserError) -> CInt {
    if path == "-" { return standardInput }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path, cause: systemMessage(errno)) }
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .unreadable(path, cause: "is a directory")
    }
    return descriptor
  }
}
