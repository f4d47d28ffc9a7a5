import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
  private let loop = EventLoop()

  /// - Parameter answer: nil is who asks.
  private func listen(_ options: ListenerOptions, answer: String? = nil) throws -> Listener {
    try Listener(
      options, on: loop, upgrade: { _ in .refuse(.text(503, "")) },
      request: { request, responder in responder.respond(.text(200, answer ?? request.peer)) })
  }

  @Test(arguments: ["127.0.0.1", "0.0.0.0", "::1", "::"])
  func `a free port on any address answers there, and only there`(address: String) async throws {
    var options = ListenerOptions()
    options.address = address
    let answer = "this listener \(UInt64.random(in: 0...(.max)))"
    let listener = try listen(options, answer: answer)
    #expect(listener.address == address)
    #expect(listener.port != 0)
    for host in ["127.0.0.1", "::1", "127.0.0.2"] {
      let reachable =
        switch address {
        case "0.0.0.0": host != "::1"
        case "::": true
        default: host == address
        }
      let result = await withCheckedContinuation { continuation in
        HTTPExchange.fetch(ClientRequest(host: host, port: listener.port, path: "/"), on: loop) {
          continuation.resume(returning: $0)
        }
      }
      // Where it does not listen another may have the same port.
      let body = (try? result.get()).map { String(decoding: $0.body, as: UTF8.self) }
      #expect((body == answer) == reachable, "\(host): \(result)")
    }
    loop.stop()
  }

  @Test func `a port is taken once, and free again after close`() throws {
    var options = ListenerOptions()
    let first = try listen(options)
    options.port = first.port
    #expect(throws: ListenError.addressInUse) { try listen(options) }
    first.close()
    let second = try listen(options)
    #expect(second.port == first.port)
    loop.stop()
  }

  @Test func `an address that is not ours cannot be listened on`() {
    var options = ListenerOptions()
    options.address = "192.0.2.1"
    #expect(throws: ListenError.noSuchAddress("192.0.2.1")) { try listen(options) }
    loop.stop()
  }

  @Test func `open WebSockets outlive the listener`() async throws {
    let loopback = try Loopback()
    let (connection, events) = loopback.open()
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    loopback.listener.close()
    connection.send(text: "still here")
    #expect(await events.nextText() == "still here")
  }

  @Test func `a refused upgrade carries status, headers and body, an accepted one headers`()
    async throws
  {
    let loopback = try Loopback(upgrade: { request in
      guard request.head.headers["authorization"] == "Bearer good" else {
        return .refuse(
          .json(
            429, "{\"error\":\"slow down\"}", headers: ["retry-after": "3", "x-request-id": "q"]))
      }
      #expect(request.head.path == "/ws/tts")
      #expect(request.head.query("model_id") == "kugel-3")
      return .accept(headers: ["X-KugelAudio-AI-Generated": "true"], serve: echo)
    })
    let (_, refused) = loopback.open()
    #expect(
      await refused.end().map { event in
        guard case .failed(.upgradeRefused(let refusal)) = event else { return false }
        return refusal.status == 429 && refusal.retryAfter == "3" && refusal.requestID == "q"
          && refusal.body == Array("{\"error\":\"slow down\"}".utf8)
      } == true)
    let (connection, events) = loopback.open {
      $0.request.path = "/ws/tts?model_id=kugel-3"
      $0.request.headers = ["authorization": "Bearer good"]
    }
    guard case .opened(let headers, _) = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    #expect(headers["x-kugelaudio-ai-generated"] == "true")
    connection.abort()
  }

  @Test func `a client that answers no ping is dropped, one that breaks the rules is told so`()
    async throws
  {
    let served = Events<SocketEvent>()
    let loopback = try Loopback {
      $0.pingInterval = .milliseconds(20)
      $0.pongTimeout = .milliseconds(40)
    } serve: { _ in
      served.handler
    }
    let upgrade =
      "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    let silent = RawConnection(to: loopback.listener.port)
    silent.write(upgrade)
    #expect(silent.read(until: "\r\n\r\n").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    #expect(await served.end() == .failed(.peerSilent))
    silent.close()
    let unmasked = RawConnection(to: loopback.listener.port)
    unmasked.write(Array(upgrade.utf8) + textFrame("no mask"))
    guard case .failed(.violation(let code, _)) = await served.end() else {
      Issue.record("no rule was broken")
      return
    }
    #expect(code == 1002)
    _ = unmasked.read(until: "\r\n\r\n")
    #expect(unmasked.readToEnd().prefix(4).suffix(2) == [0x03, 0xEA])
    unmasked.close()
  }

  @Test func `a client that stops reading can be dropped`() async throws {
    let sockets = Events<ServerWebSocket>()
    let served = Events<SocketEvent>()
    let loopback = try Loopback {
      $0.sendBuffer = 256 * 1024
    } serve: { socket in
      sockets.handler(socket)
      return served.handler
    }
    let (connection, events) = loopback.open { $0.pausedReadAhead = 1 }
    connection.pauseReceiving()
    let socket = try #require(await sockets.next())
    for _ in 0..<100 { socket.send(text: [UInt8](repeating: 0x61, count: 100_000)) }
    #expect(socket.pendingBytes > 1_000_000)
    socket.abort()
    connection.resumeReceiving()
    guard case .failed(.lost) = await events.end() else {
      Issue.record("the connection was not lost")
      return
    }
  }
}
