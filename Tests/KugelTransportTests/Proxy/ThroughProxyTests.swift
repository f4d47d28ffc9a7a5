import Dispatch
import Glibc
import Testing

@testable import KugelTransport

/// Connections through a proxy that is a plain socket, and does what it is told.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct ThroughProxyTests {
  /// A proxy for one connection: keeps the request's head, answers `answer`, and passes bytes on to a port
  /// of this machine.
  private func proxy(
    to port: UInt16?, answer: [String] = ["HTTP/1.1 200 Connection established\r\n\r\n"],
    heard: Events<String>
  ) -> RawPeer {
    RawPeer { client in
      heard.handler(client.read(until: "\r\n\r\n"))
      for piece in answer {
        client.write(piece)
        usleep(20_000)
      }
      guard let port else { return }
      let server = RawConnection(to: port)
      let back = DispatchGroup()
      DispatchQueue.global().async(group: back) {
        while case let bytes = server.read(), !bytes.isEmpty { client.write(bytes) }
        client.finish()
      }
      while case let bytes = client.read(), !bytes.isEmpty { server.write(bytes) }
      server.finish()
      back.wait()
      server.close()
    }
  }

  private func through(_ peer: RawPeer, _ request: ClientRequest, user: String? = nil)
    -> ClientRequest
  {
    var request = request
    request.route = .through(
      Proxy(host: "127.0.0.1", port: peer.port, user: user, password: "secret"))
    return request
  }

  @Test func `a WebSocket in the clear goes through a tunnel`() async throws {
    let loopback = try Loopback()
    let heard = Events<String>()
    let peer = proxy(to: loopback.listener.port, heard: heard)
    let (connection, events) = kugelOpen(
      WebSocketRequest(through(peer, loopback.request("/ws"), user: "me")), on: loopback.loop)
    connection.send(text: "through")
    #expect(await events.nextText() == "through")
    let head = await heard.next() ?? ""
    let authority = "127.0.0.1:\(loopback.listener.port)"
    #expect(head.hasPrefix("CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n"))
    #expect(head.contains("proxy-authorization: Basic bWU6c2VjcmV0\r\n"))
    connection.close()
    #expect(await events.end() == .closed(code: 1000, reason: ""))
  }

  @Test func `the answer of the proxy may come in pieces`() async throws {
    let loopback = try Loopback()
    let heard = Events<String>()
    let peer = proxy(
      to: loopback.listener.port, answer: ["HTTP/1.0 20", "0 OK\r\nVia: x\r", "\n\r", "\n"],
      heard: heard)
    let (connection, events) = kugelOpen(
      WebSocketRequest(through(peer, loopback.request("/ws"))), on: loopback.loop)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.abort()
  }

  @Test func `TLS goes through it, and is with the server`() async throws {
    let authority = try Authority()
    let certificate = try authority.certificate(for: "DNS:localhost")
    let loopback = try Loopback { $0.certificate = certificate }
    let heard = Events<String>()
    for host in ["localhost", "127.0.0.1"] {
      let peer = proxy(to: loopback.listener.port, heard: heard)
      var request = through(peer, loopback.request())
      request.host = host
      request.trust = TrustOptions(extraFile: authority.file)
      let result = await loopback.fetch(request)
      #expect(await heard.next()?.hasPrefix("CONNECT \(host):\(request.port) ") == true)
      if host == "localhost" {
        #expect(try result.get().head.status == 404)
      } else {
        #expect(result == .failure(.tls(.otherName)))
      }
    }
  }

  @Test func `a request in the clear is handed to the proxy whole`() async throws {
    let loop = EventLoop()
    let heard = Events<String>()
    let peer = proxy(
      to: nil, answer: ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"], heard: heard)
    let request = through(
      peer, ClientRequest(host: "service.invalid", port: 8000, path: "/v1/voices"), user: "me")
    let result = await withCheckedContinuation { continuation in
      HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
    }
    #expect(try result.get().body == Array("ok".utf8))
    let head = await heard.next() ?? ""
    #expect(head.hasPrefix("GET http://service.invalid:8000/v1/voices HTTP/1.1\r\n"))
    #expect(head.contains("Host: service.invalid:8000\r\n"))
    #expect(head.contains("proxy-authorization: Basic bWU6c2VjcmV0\r\n"))
    loop.stop()
  }

  @Test(arguments: [
    ("HTTP/1.1 407 Who\r\n\r\n", ProxyTrouble.refusedTunnel(status: 407)),
    ("HTTP/1.1 503 No\r\n\r\n", .refusedTunnel(status: 503)), ("nonsense\r\n\r\n", .noHTTP),
    ("HTTP/1.1 200", .lost),
  ])
  func `a proxy that opens no way is named`(answer: String, trouble: ProxyTrouble) async {
    let loop = EventLoop()
    let peer = proxy(to: nil, answer: [answer], heard: Events<String>())
    let (_, events) = kugelOpen(
      WebSocketRequest(through(peer, ClientRequest(host: "service.invalid", port: 1, path: "/"))),
      on: loop)
    #expect(await events.end() == .failed(.proxy(at: "127.0.0.1:\(peer.port)", trouble)))
    loop.stop()
  }

  @Test(arguments: [true, false])
  func `a proxy that is not there is named`(isSocket: Bool) async throws {
    let loop = EventLoop()
    let port: UInt16
    do {
      let peer = RawPeer(connections: 0) { _ in }
      port = peer.port
    }
    for (host, trouble) in [("127.0.0.1", ProxyTrouble.refused), ("proxy.invalid", nil)] {
      var request = ClientRequest(host: "service.invalid", port: 1, path: "/")
      request.route = .through(Proxy(host: host, port: port))
      let error: TransportError?
      if isSocket {
        let (_, events) = kugelOpen(WebSocketRequest(request), on: loop)
        error = if case .failed(let error) = await events.end() { error } else { nil }
      } else {
        let result = await withCheckedContinuation { continuation in
          HTTPExchange.fetch(request, on: loop) { continuation.resume(returning: $0) }
        }
        error = if case .failure(let error) = result { error } else { nil }
      }
      guard case .proxy(at: "\(host):\(port)", let told) = error else {
        Issue.record("the proxy was not blamed: \(String(describing: error))")
        continue
      }
      if let trouble {
        #expect(told == trouble)
      } else {
        guard case .nameNotFound = told else {
          Issue.record("another trouble: \(told)")
          continue
        }
      }
    }
    loop.stop()
  }

  @Test func `a proxy that says nothing is given up, and named`() async {
    let loop = EventLoop()
    let peer = RawPeer { connection in _ = connection.readToEnd() }
    var request = through(peer, ClientRequest(host: "service.invalid", port: 1, path: "/"))
    request.connectTimeout = .milliseconds(100)
    let (_, events) = kugelOpen(WebSocketRequest(request), on: loop)
    #expect(await events.end() == .failed(.proxy(at: "127.0.0.1:\(peer.port)", .timedOut)))
    loop.stop()
  }

  @Test func `an end while the way is being opened leaves nothing behind`() async throws {
    let loop = EventLoop()
    let asked = Events<String>()
    let peer = RawPeer { connection in
      asked.handler(connection.read(until: "\r\n\r\n"))
      _ = connection.readToEnd()
    }
    let (connection, events) = kugelOpen(
      WebSocketRequest(through(peer, ClientRequest(host: "service.invalid", port: 1, path: "/"))),
      on: loop)
    _ = await asked.next()
    connection.close()
    #expect(await events.end() == .closed(code: nil, reason: ""))
    loop.stop()
  }

  @Test func `the environment is nobody's but the caller's`() async throws {
    // libwebsockets would go through it, also to this machine.
    unsafe setenv("http_proxy", "http://127.0.0.1:9", 1)
    defer { unsafe unsetenv("http_proxy") }
    let loopback = try Loopback()
    let (connection, events) = loopback.open()
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.abort()
  }
}
