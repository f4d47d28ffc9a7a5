import Glibc

/// A listening socket that whoever started this process opened for it, as systemd does.
///
/// Source: sd_listen_fds(3): `LISTEN_PID` names the process they are meant for, `LISTEN_FDS` says how
/// many there are, from descriptor 3 on.
package struct PassedSocket: Equatable, Sendable {
  package let descriptor: CInt
  /// Numeric; `localhost` where there is a path.
  package let host: String
  package let port: UInt16
  /// Of a socket of this machine.
  package let path: String?

  /// The first descriptor that is passed.
  static let first: CInt = 3

  /// Takes what was passed to this process; nil where nothing was. What it starts itself finds none.
  ///
  /// Call it before any thread starts: it changes the environment.
  package static func take() throws(PassedSocketError) -> PassedSocket? {
    let count = count(process: variable("LISTEN_PID"), sockets: variable("LISTEN_FDS"))
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsafe unsetenv(name) }
    switch count {
    case 0: return nil
    case 1: return try PassedSocket(descriptor: first)
    default: throw .several(count)
    }
  }

  /// How many sockets are meant for this process.
  static func count(process: String?, sockets: String?, own: pid_t = getpid()) -> Int {
    guard let process, pid_t(process) == own, let sockets, let count = Int(sockets), count > 0
    else { return 0 }
    return count
  }

  /// - Throws: when the descriptor is no listening socket of TCP or of this machine.
  init(descriptor: CInt) throws(PassedSocketError) {
    var isListening: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0,
      isListening != 0, let address = SocketAddress(of: descriptor), let host = address.host,
      address.port > 0 || address.path != nil
    else { throw .notListening }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    self.descriptor = descriptor
    self.host = host
    port = address.port
    path = address.path
  }

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}

/// Why a socket that was passed cannot be used.
package enum PassedSocketError: Error, Equatable, Sendable {
  case several(Int)
  case notListening
}
