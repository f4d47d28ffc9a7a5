import Dispatch
import Glibc
import KugelSystem

/// Names to addresses, away from the loop's thread: the resolver may block for long.
enum Resolver {
  /// Numeric addresses, the most promising first (RFC 6724, as the system sorts them).
  enum Outcome: Sendable {
    case addresses([String])
    case failed(TransportError)
  }

  /// The address itself when `host` is one already.
  static func numeric(_ host: String) -> String? {
    var room = in6_addr()
    let isNumeric =
      unsafe inet_pton(AF_INET, host, &room) == 1 || inet_pton(AF_INET6, host, &room) == 1
    return isNumeric ? host : nil
  }

  static func resolve(_ host: String, _ done: @escaping @Sendable (Outcome) -> Void) {
    DispatchQueue.global().async { done(lookUp(host)) }
  }

  /// Blocks.
  static func lookUp(_ host: String) -> Outcome {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = SocketAddress.stream
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else {
      let cause = unsafe String(cString: gai_strerror(code))
      return .failed(.nameNotFound(host: host, cause: cause, mayPass: code == EAI_AGAIN))
    }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [String] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let address = unsafe SocketAddress.host(of: entry.pointee) { addresses.append(address) }
      unsafe next = entry.pointee.ai_next
    }
    return addresses.isEmpty
      ? .failed(.nameNotFound(host: host, cause: "no address", mayPass: false))
      : .addresses(addresses)
  }
}

/// Asks a second time, only to learn why a connection could not be made: libwebsockets forgets the
/// system's error.
enum ConnectProbe {
  static func ask(
    _ address: String, port: UInt16, patience: Duration,
    _ done: @escaping @Sendable (TransportError) -> Void
  ) {
    DispatchQueue.global().async { done(cause(address, port, patience)) }
  }

  private static func cause(_ address: String, _ port: UInt16, _ patience: Duration)
    -> TransportError
  {
    let socket =
      address.first == "+"
      ? SocketAddress(path: String(address.dropFirst()))
      : SocketAddress.resolve(address, port: port)
    guard let socket else {
      return .unreachable(cause: "no such kind of address here")
    }
    let descriptor = socket.open(nonBlocking: true)
    guard descriptor >= 0 else { return .unreachable(cause: SystemError.latest.cause) }
    defer { close(descriptor) }
    guard socket.connect(descriptor) != 0 else { return .refused }
    var code = errno
    if code == EINPROGRESS {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let milliseconds =
        patience.components.seconds * 1000 + patience.components.attoseconds / 1_000_000_000_000_000
      guard unsafe poll(&waiting, 1, CInt(max(1, min(milliseconds, 1000)))) == 1 else {
        return .connectTimedOut
      }
      var size = socklen_t(MemoryLayout<CInt>.size)
      unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    }
    switch code {
    case 0: return .lost(cause: "the connection broke while it was made")
    case ECONNREFUSED: return .refused
    case ETIMEDOUT: return .connectTimedOut
    default: return .unreachable(cause: SystemError(code: code).cause)
    }
  }
}
