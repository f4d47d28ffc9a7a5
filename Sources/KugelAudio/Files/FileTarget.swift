import Glibc
import KugelSystem

/// Where a file is to appear, and what is there now.
struct FileTarget {
  enum Occupant: Equatable {
    case nothing
    /// A regular file; `mode` holds its permission bits.
    case file(size: Int, mode: mode_t)
    case directory
    /// A pipe, a device, a socket: written in place.
    case stream
  }

  /// As the user gave it.
  let name: String
  /// Where it leads, symbolic links followed, so that a link stays a link.
  let path: String

  init(_ name: String) {
    self.name = name
    path = followingLinks(name)
  }

  var directory: String {
    guard let slash = path.lastSlash else { return "." }
    return slash == path.startIndex ? "/" : String(path.utf8[..<slash]) ?? path
  }

  var lastComponent: Substring {
    path.lastSlash.map { path[path.utf8.index(after: $0)...] } ?? path[...]
  }

  func occupant() throws(SystemError) -> Occupant {
    let status: FileStatus
    do { status = try FileStatus(of: path) } catch {
      guard error.code == ENOENT, !path.isEmpty else { throw error }
      guard !path.hasSuffix("/") else { throw SystemError(code: EISDIR) }
      return .nothing
    }
    switch status.kind {
    case .regular: return .file(size: status.size, mode: status.mode)
    case .directory: return .directory
    case .pipe, .socket, .device, .other: return .stream
    }
  }

  /// Whether a file may be made here, or the one here written over; makes nothing.
  ///
  /// - Throws: `.cannotCreate`.
  func check(overwrite: Bool) throws(SinkError) {
    let occupant: Occupant
    do { occupant = try self.occupant() } catch { throw refusal(error.cause) }
    switch occupant {
    case .directory:
      throw refusal(SystemError(code: EISDIR).cause)
    case .stream:
      try checkAccess(to: path, W_OK)
    case .file(let size, _):
      guard overwrite || size == 0 else { throw .cannotCreate(target: name, cause: .exists) }
      try checkAccess(to: path, W_OK)
      try checkAccess(to: directory, W_OK | X_OK)
    case .nothing:
      try checkAccess(to: directory, W_OK | X_OK)
    }
  }

  func refusal(_ cause: String) -> SinkError {
    .cannotCreate(target: name, cause: .other(cause))
  }

  private func checkAccess(to path: String, _ mode: CInt) throws(SinkError) {
    guard unsafe access(path.nameBytes, mode) != 0 else { return }
    throw refusal(SystemError.latest.cause)
  }
}

private func followingLinks(_ name: String) -> String {
  var path = name
  // The system's own limit; a longer chain is reported when the file is looked up.
  for _ in 0..<40 {
    let destination = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      count = max(0, unsafe readlink(path.nameBytes, start, buffer.count))
    }
    if destination.isEmpty { return path }
    let next = String(systemName: destination)
    if next.hasPrefix("/") {
      path = next
    } else if let slash = path.lastSlash {
      path = path[...slash] + next
    } else {
      path = next
    }
  }
  return name
}

extension String {
  /// Of bytes: a character that combines with the slash is one of the name all the same.
  fileprivate var lastSlash: Index? { utf8.lastIndex(of: UInt8(ascii: "/")) }
}
