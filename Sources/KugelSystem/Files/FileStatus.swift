import Glibc

/// What the system says of a file.
package struct FileStatus: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case regular, directory, pipe, socket
    /// A terminal or another device.
    case device
    case other
  }

  /// Tells it from all others, whatever it is called.
  package struct Identity: Hashable, Sendable {
    package let device: UInt64
    package let number: UInt64
  }

  package let kind: Kind
  /// Bytes.
  package let size: Int
  /// Permission bits.
  package let mode: mode_t
  package let owner: uid_t
  package let identity: Identity

  /// - Throws: `isAbsence` when there is none. Symbolic links are followed.
  package init(of path: String) throws(SystemError) {
    var status = stat()
    guard unsafe stat(path.nameBytes, &status) == 0 else { throw .latest }
    self.init(status)
  }

  /// Of a symbolic link itself.
  package init(ofLink path: String) throws(SystemError) {
    var status = stat()
    guard unsafe lstat(path.nameBytes, &status) == 0 else { throw .latest }
    self.init(status)
  }

  package init(of descriptor: CInt) throws(SystemError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .latest }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR, S_IFBLK: .device
      default: .other
      }
    size = Int(status.st_size)
    mode = status.st_mode & 0o7777
    owner = status.st_uid
    identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }
}

/// What a path leads to, also where there is nothing yet: two names of one place are equal.
package enum FilePlace: Hashable, Sendable {
  case file(FileStatus.Identity)
  case vacant(folder: FileStatus.Identity, name: [UInt8])

  /// nil when not even the folder is there.
  package init?(_ path: String) {
    if let status = try? FileStatus(of: path) {
      self = .file(status.identity)
      return
    }
    let parts = path.systemBytes.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let folder = parts.dropLast()
    let name = parts.count == 1 ? "." : String(systemName: Array(folder.joined(separator: [0x2F])))
    guard let status = try? FileStatus(of: name.isEmpty ? "/" : name) else { return nil }
    self = .vacant(folder: status.identity, name: parts.last.map { Array($0) } ?? [])
  }
}
