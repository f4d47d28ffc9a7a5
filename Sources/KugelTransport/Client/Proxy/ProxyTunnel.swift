import Dispatch
import Glibc
import KugelSystem

/// A way through a proxy: a connection to it that it has joined to the server's. Made away from the
/// loop's thread, because it waits.
///
/// libwebsockets would do it, too, but tells nothing of what the proxy answered, and takes whatever comes
/// in the first piece for all of it.
///
/// Source: RFC 9110, section 9.3.6.
final class ProxyTunnel: Sendable {
  enum Outcome: Sendable {
    case open(ProxyTunnel)
    case failed(ProxyTrouble)
  }

  /// Connected; closed with the tunnel.
  let descriptor: CInt

  private init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  private static let headLimit = 16 * 1024

  /// - Parameter authority: host and port of the server.
  static func open(
    to authority: String, through proxy: Proxy, patience: Duration,
    _ done: @escaping @Sendable (Outcome) -> Void
  ) {
    DispatchQueue.global().async {
      let deadline = ContinuousClock.now + patience
      do throws(ProxyTrouble) {
        done(.open(try make(to: authority, through: proxy, by: deadline)))
      } catch {
        done(.failed(error))
      }
    }
  }

  private static func make(
    to authority: String, through proxy: Proxy, by deadline: ContinuousClock.Instant
  ) throws(ProxyTrouble) -> ProxyTunnel {
    let addresses: [String]
    switch Resolver.lookUp(proxy.host) {
    case .addresses(let found): addresses = found
    case .failed(.nameNotFound(_, let cause, _)): throw .nameNotFound(cause: cause)
    case .failed: throw .nameNotFound(cause: "no address")
    }
    let tunnel = try reach(addresses, port: proxy.port, by: deadline)
    set(TCP_NODELAY, at: CInt(IPPROTO_TCP), to: 1, on: tunnel.descriptor)
    try tunnel.send(request(to: authority, through: proxy), by: deadline)
    try check(try tunnel.head(by: deadline))
    return tunnel
  }

  /// The first address that answers; each but the last gets a share of the time only.
  private static func reach(
    _ addresses: [String], port: UInt16, by deadline: ContinuousClock.Instant
  ) throws(ProxyTrouble) -> ProxyTunnel {
    var trouble = ProxyTrouble.unreachable(cause: "no such kind of address here")
    for (index, address) in addresses.enumerated() {
      let left = ContinuousClock.now.duration(to: deadline) / (addresses.count - index)
      do throws(ProxyTrouble) {
        return try reach(address, port: port, by: .now + left)
      } catch {
        trouble = error
      }
    }
    throw trouble
  }

  private static func reach(
    _ address: String, port: UInt16, by deadline: ContinuousClock.Instant
  ) throws(ProxyTrouble) -> ProxyTunnel {
    guard let socket = SocketAddress.resolve(address, port: port) else {
      throw .unreachable(cause: "no such kind of address here")
    }
    let descriptor = socket.open(nonBlocking: true)
    guard descriptor >= 0 else { throw .unreachable(cause: SystemError.latest.cause) }
    let tunnel = ProxyTunnel(descriptor)
    guard socket.connect(descriptor) != 0 else { return tunnel }
    guard errno == EINPROGRESS else { throw ProxyTrouble(connecting: errno) }
    try tunnel.wait(for: POLLOUT, by: deadline)
    var (code, size) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    guard code == 0 else { throw ProxyTrouble(connecting: code) }
    return tunnel
  }

  static func request(to authority: String, through proxy: Proxy) -> [UInt8] {
    let fields = proxy.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n\(fields)\r\n".utf8)
  }

  /// - Throws: unless the answer says that the way is open.
  static func check(_ head: [UInt8]) throws(ProxyTrouble) {
    let words = String(decoding: head.prefix { $0 != 0x0D }, as: UTF8.self)
      .split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].count == 3,
      let status = Int(words[1])
    else { throw .noHTTP }
    guard (200...299).contains(status) else { throw .refusedTunnel(status: status) }
  }

  // MARK: Bytes

  private func send(
    _ bytes: [UInt8], by deadline: ContinuousClock.Instant
  ) throws(ProxyTrouble) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try move(by: deadline, POLLOUT) {
        unsafe rest.withUnsafeBytes {
          unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// The head of the answer, and not a byte of what follows it.
  private func head(by deadline: ContinuousClock.Instant) throws(ProxyTrouble) -> [UInt8] {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) {
      guard head.count < Self.headLimit else { throw .noHTTP }
      var byte: UInt8 = 0
      let count = try move(by: deadline, POLLIN) { unsafe recv(descriptor, &byte, 1, 0) }
      guard count == 1 else { throw .lost }
      head.append(byte)
    }
    return head
  }

  /// - Returns: bytes that were moved, once some could be.
  private func move(
    by deadline: ContinuousClock.Instant, _ event: CInt, _ call: () -> Int
  ) throws(ProxyTrouble) -> Int {
    while true {
      var count: Int?
      do throws(SystemError) { count = try Descriptor.once(call) } catch { throw .lost }
      if let count { return count }
      try wait(for: event, by: deadline)
    }
  }

  private func wait(
    for event: CInt, by deadline: ContinuousClock.Instant
  ) throws(ProxyTrouble) {
    var waiting = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    while true {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { throw .timedOut }
      let ready = unsafe poll(&waiting, 1, CInt(min(left.rounded(.up), 60_000)))
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw .unreachable(cause: SystemError.latest.cause) }
    }
  }
}

extension ProxyTrouble {
  fileprivate init(connecting code: CInt) {
    switch code {
    case ECONNREFUSED: self = .refused
    case ETIMEDOUT: self = .timedOut
    default: self = .unreachable(cause: SystemError(code: code).cause)
    }
  }
}
