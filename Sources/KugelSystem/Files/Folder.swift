import Glibc

/// Folders that may have to be made.
package enum Folder {
  /// Makes it, if it is not there; those above it have to be.
  ///
  /// - Parameter mode: of one that is made; what is there stays as it is.
  package static func make(_ path: String, mode: mode_t = 0o777) throws(SystemError) {
    if unsafe mkdir(path.nameBytes, mode) == 0 { return }
    let error = SystemError.latest
    guard error.code == EEXIST else { throw error }
    guard try FileStatus(of: path).kind == .directory else { throw SystemError(code: ENOTDIR) }
  }

  /// Makes it, and all above it that are not there.
  package static func makeAll(_ path: String, mode: mode_t = 0o777) throws(SystemError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      try make(made, mode: mode)
    }
  }

  /// The names in it, in no order, without those of itself and the folder above; empty when there is none.
  package static func names(in path: String) -> [String] {
    guard let directory = unsafe opendir(path.nameBytes) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      let name = String(systemName: bytes)
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// The same, with `/` behind those of folders and of links to one.
  package static func markedNames(in path: String) -> [String] {
    names(in: path).map { name in
      (try? FileStatus(of: path + "/" + name))?.kind == .directory ? name + "/" : name
    }
  }
}
