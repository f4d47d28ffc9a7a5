import KugelSystem

/// A file that events are written to.
enum EventFile {
  /// - Parameter overwrite: whether one that holds something may be emptied; what is no regular file is
  ///   written in place.
  /// - Returns: its descriptor, and whether it holds nothing but our events.
  /// - Throws: 73: exists, a folder, no permission.
  static func open(
    _ path: String, overwrite: Bool, in host: Host
  ) throws(UserError) -> (CInt, isOwnFile: Bool) {
    let status = try? FileStatus(of: path)
    if let status, status.kind == .regular, status.size > 0, !overwrite {
      throw UserError(
        .cannotCreate, "cannot create \(path): it exists",
        hint: "--force replaces it; or give another name with --events FILE.")
    }
    do throws(SystemError) {
      let descriptor = try host.createFile(path)
      return (descriptor, try FileStatus(of: descriptor).kind == .regular)
    } catch {
      throw UserError(.cannotCreate, "cannot create \(path): \(error.cause)")
    }
  }
}
