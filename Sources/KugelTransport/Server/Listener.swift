import CWebSockets
import Glibc
import KugelSystem

/// A listening socket, and the requests and WebSockets that come through it.
///
/// libwebsockets accepts IPv4 on every interface when asked for one, so listening is done here.
@safe package final class Listener: Sendable {
  /// Numeric.
  package let address: String
  package let port: UInt16
  private let inbox: LoopInbox
  private let socket: Future<ListenSocket>
  private let service: ListenerService

  /// Opens the port; connections are accepted when it returns.
  ///
  /// - Parameters:
  ///   - upgrade: decides on each WebSocket; called on the loop's thread, must not block.
  ///   - screen: looks at the head of each other request that has a body, before the body is read; what
  ///     it returns is answered in place of the body's reading.
  ///   - request: answers each other request, now or later; called on the loop's thread.
  package init(
    _ options: ListenerOptions, on loop: EventLoop,
    upgrade: @escaping @Sendable (UpgradeRequest) -> UpgradeDecision,
    screen: @escaping @Sendable (HTTPRequest) -> HTTPResponse? = { _ in nil },
    request: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void
  ) throws(ListenError) {
    inbox = loop.inbox
    let descriptor = try Self.listen(options)
    let name = SocketAddress(of: descriptor)
    address = name?.host ?? options.address
    port = name?.port ?? options.port
    let socket = Future<ListenSocket>(inbox: loop.inbox)
    self.socket = socket
    let service = ListenerService(
      options: options, upgrade: upgrade, screen: screen, request: request)
    self.service = service
    let outcome = loop.inbox.performAndWait { core -> Result<Void, ListenError> in
      do throws(TransportError) {
        let made = try ListenSocket(service, descriptor: descriptor, core: core)
        socket.fulfil(made)
        return made.start() ? .success(()) : .failure(.system(cause: "no room for a socket"))
      } catch .tls(.other(let cause)) {
        return .failure(.tls(cause: cause))
      } catch {
        return .failure(.stopped)
      }
    }
    switch outcome {
    case .success: break
    case .failure(let error):
      Glibc.close(descriptor)
      throw error
    case nil:
      Glibc.close(descriptor)
      if case .noThread(let cause) = inbox.refusal { throw .system(cause: cause) }
      throw .stopped
    }
  }

  /// Connections open now, whatever they carry.
  package var connections: Int { service.connections }

  /// Frees the port. Open connections go on. Returns when it is done, unless called on the loop.
  package func close() {
    let socket = socket
    _ = inbox.performAndWait { _ in socket.use { $0.close() } }
    if let path = service.options.path, service.options.passed == nil { LocalSocket.remove(path) }
  }

  private static func listen(_ options: ListenerOptions) throws(ListenError) -> CInt {
    if let passed = options.passed {
      if let bytes = options.sendBuffer {
        set(SO_SNDBUF, at: SOL_SOCKET, to: CInt(clamping: bytes), on: passed.descriptor)
      }
      return passed.descriptor
    }
    if let path = options.path { return try LocalSocket.listen(at: path) }
    guard let address = SocketAddress.resolve(options.address, port: options.port) else {
      throw .noSuchAddress(options.address)
    }
    let descriptor = address.open(nonBlocking: true)
    guard descriptor >= 0 else { throw .system(cause: SystemError.latest.cause) }
    set(SO_REUSEADDR, at: SOL_SOCKET, to: 1, on: descriptor)
    if address.isIPv6 {
      set(IPV6_V6ONLY, at: CInt(IPPROTO_IPV6), to: options.address == "::" ? 0 : 1, on: descriptor)
    }
    if let bytes = options.sendBuffer {
      set(SO_SNDBUF, at: SOL_SOCKET, to: CInt(clamping: bytes), on: descriptor)
    }
    guard address.bind(descriptor) == 0, Glibc.listen(descriptor, SOMAXCONN) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      switch code {
      case EADDRINUSE: throw .addressInUse
      case EACCES, EPERM: throw .notPermitted
      case EADDRNOTAVAIL: throw .noSuchAddress(options.address)
      default: throw .system(cause: SystemError(code: code).cause)
      }
    }
    return descriptor
  }
}

func set(_ option: CInt, at level: CInt, to value: CInt, on descriptor: CInt) {
  var value = value
  unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
}
