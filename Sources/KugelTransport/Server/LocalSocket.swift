import Glibc
import KugelSystem

/// A listening socket of this machine, at a path, for its user alone.
enum LocalSocket {
  /// One that was left by a process that is gone is replaced.
  static func listen(at path: String) throws(ListenError) -> CInt {
    guard let address = SocketAddress(path: path) else {
      throw .system(cause: "a socket's path has at most 107 bytes")
    }
    let descriptor = address.open(nonBlocking: true)
    guard descriptor >= 0 else { throw .system(cause: SystemError.latest.cause) }
    // Before there is a path, so that nobody else ever gets in.
    fchmod(descriptor, 0o600)
    var isBound = address.bind(descriptor) == 0
    if !isBound, errno == EADDRINUSE, isLeftOver(address, path) {
      remove(path)
      isBound = address.bind(descriptor) == 0
    }
    guard isBound, Glibc.listen(descriptor, SOMAXCONN) == 0 else {
      let code = errno
      close(descriptor)
      switch code {
      case EADDRINUSE: throw .addressInUse
      case EACCES, EPERM: throw .notPermitted
      default: throw .system(cause: SystemError(code: code).cause)
      }
    }
    return descriptor
  }

  /// Whether it is a socket, and nobody listens.
  private static func isLeftOver(_ address: SocketAddress, _ path: String) -> Bool {
    guard (try? FileStatus(ofLink: path))?.kind == .socket else { return false }
    let probe = address.open(nonBlocking: true)
    defer { close(probe) }
    return probe >= 0 && address.connect(probe) != 0 && errno == ECONNREFUSED
  }

  static func remove(_ path: String) { unsafe unlink(path.nameBytes) }
}
