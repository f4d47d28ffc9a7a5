import Glibc
import KugelSystem

/// Stream sockets of the Unix domain.
enum UnixSocket {
  /// - Returns: nil with `errno` set.
  static func listen(at path: String) -> CInt? {
    unsafe open(path) { descriptor, address, size in
      unsafe bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, 16) == 0
    }
  }

  /// - Returns: nil with `errno` set: `EAGAIN` where many have called whom nobody listens to, as when a process
  ///   is suspended; that is not waited for.
  static func connect(to path: String) -> CInt? {
    unsafe open(path) { descriptor, address, size in
      let flags = fcntl(descriptor, F_GETFL)
      _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
      defer { _ = fcntl(descriptor, F_SETFL, flags) }
      return unsafe Glibc.connect(descriptor, address, size) == 0
    }
  }

  /// Waits for somebody; nil once the listener is shut.
  static func accept(_ listener: CInt) -> CInt? {
    while true {
      let peer = Glibc.accept(listener, nil, nil)
      if peer >= 0 {
        _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
        return peer
      }
      if errno != EINTR && errno != ECONNABORTED { return nil }
    }
  }

  /// What the other end writes up to the end of a line, which is not part of it; at most a few kilobytes.
  ///
  /// - Returns: nil when no line comes in time.
  static func line(from peer: CInt, until deadline: ContinuousClock.Instant) -> [UInt8]? {
    var line: [UInt8] = []
    while line.count < 8192, Poller.wait(for: [peer], until: deadline)[0],
      let piece = try? Descriptor.readWhatIsThere(peer), !piece.isEmpty
    {
      line += piece
      if let end = line.firstIndex(of: 0x0A) { return Array(line[..<end]) }
    }
    return nil
  }

  /// The process at the other end of a connection that was made by `connect`.
  static func process(_ peer: CInt) -> pid_t? {
    // Process, user and group.
    var credentials: [Int32] = [0, 0, 0]
    var size = socklen_t(MemoryLayout<Int32>.size * 3)
    guard unsafe getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0,
      credentials[0] > 0
    else { return nil }
    return credentials[0]
  }

  private static func open(
    _ path: String, _ use: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> CInt? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = path.systemBytes
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return nil
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let descriptor = socket(
      AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let isDone = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe use(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if isDone { return descriptor }
    let code = errno
    close(descriptor)
    errno = code
    return nil
  }
}
