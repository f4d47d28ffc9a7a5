import KugelTransport
import Testing

/// Servers that do what no well-behaved one would.
@Suite(.timeLimit(.minutes(1)))
struct OddServerTests {
  private let loop = EventLoop()

  private func open(
    _ peer: RawPeer, _ adjust: (inout WebSocketRequest) -> Void = { _ in }
  ) -> (WebSocketConnection, Events<SocketEvent>) {
    var request = WebSocketRequest(
      ClientRequest(host: "127.0.0.1", port: peer.port, path: "/x?y=z"))
    adjust(&request)
    return kugelOpen(request, on: loop)
  }

  @Test func `frames in the same segment as the handshake, cut anywhere, are delivered`() async {
    let peer = RawPeer { connection in
      let bytes = Array(connection.handshake().utf8) + textFrame("at once") + textFrame("cut")
      connection.write(Array(bytes.dropLast(4)))
      connection.write(Array(bytes.suffix(4).prefix(1)))
      connection.write(Array(bytes.suffix(3)) + frame(1, Array("joi".utf8), final: false))
      connection.write(frame(9, [1, 2, 3]) + frame(0, Array("ned".utf8)) + frame(8, [0x03, 0xE8]))
      _ = connection.readToEnd()
    }
    let (connection, events) = open(peer)
    #expect(await events.nextText() == "at once")
    #expect(await events.nextText() == "cut")
    #expect(await events.nextText() == "joined")
    #expect(await events.end() == .closed(code: 1000, reason: ""))
    withExtendedLifetime(connection) {}
    loop.stop()
  }

  @Test func `the request names path, host and headers, and does not ask to close`() async {
    let heard = Events<String>()
    let peer = RawPeer { connection in heard.handler(connection.read(until: "\r\n\r\n")) }
    let (_, events) = open(peer) { $0.request.headers = ["authorization": "Bearer k"] }
    let request = await heard.next() ?? ""
    #expect(request.hasPrefix("GET /x?y=z HTTP/1.1\r\n"))
    #expect(request.contains("Host: 127.0.0.1:\(peer.port)\r\n"))
    #expect(request.contains("authorization: Bearer k\r\n"))
    #expect(request.contains("connection: Upgrade\r\n"))
    #expect(!request.lowercased().contains("close"))
    #expect(!request.lowercased().contains("extensions"))
    guard case .failed(.lost) = await events.end() else {
      Issue.record("the connection was not lost")
      return
    }
    loop.stop()
  }

  @Test(arguments: [
    (401, "", "{\"error\":\"Invalid API key\"}", nil),
    (429, "Retry-After: 7\r\nx-request-id: r9\r\n", "slow", "7"),
    (301, "Location: http://127.0.0.1:1/\r\n", "moved", nil),
    (200, "", "no WebSocket here", nil),
  ]) func `a refusal tells status, headers and body`(
    status: Int, headers: String, body: String, retryAfter: String?
  ) async {
    let peer = RawPeer { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write(
        "HTTP/1.1 \(status) Some\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
      _ = connection.readToEnd()
    }
    let (_, events) = open(peer)
    guard case .failed(.upgradeRefused(let refusal)) = await events.end() else {
      Issue.record("the upgrade was not refused")
      return
    }
    #expect(refusal.status == status)
    #expect(String(decoding: refusal.body, as: UTF8.self) == body)
    #expect(refusal.retryAfter == retryAfter)
    #expect(refusal.requestID == (status == 429 ? "r9" : nil))
    loop.stop()
  }

  @Test func `a refusal whose body has no length or end is told all the same`() async {
    let peer = RawPeer(connections: 2) { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write("HTTP/1.1 503 Busy\r\n\r\nhalf")
      connection.close()
    }
    let (_, events) = open(peer)
    #expect(
      await events.end()
        == .failed(.upgradeRefused(HTTPRefusal(status: 503, body: Array("half".utf8)))))
    loop.stop()
  }

  @Test func `a server that never answers is given up after the answer timeout`() async {
    let peer = RawPeer { connection in _ = connection.readToEnd() }
    let (_, events) = open(peer) { $0.request.answerTimeout = .milliseconds(60) }
    #expect(await events.end() == .failed(.handshakeTimedOut))
    loop.stop()
  }

  @Test func `a closed port is refused`() async {
    let port: UInt16
    do {
      let peer = RawPeer(connections: 0) { _ in }
      port = peer.port
    }
    let (_, events) = kugelOpen(
      WebSocketRequest(ClientRequest(host: "127.0.0.1", port: port, path: "/")), on: loop)
    #expect(await events.end() == .failed(.refused))
    loop.stop()
  }

  @Test func `localhost is tried at each of its addresses`() async {
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      _ = connection.readToEnd()
    }
    let (connection, events) = kugelOpen(
      WebSocketRequest(ClientRequest(host: "localhost", port: peer.port, path: "/")), on: loop)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.abort()
    loop.stop()
  }

  @Test func `a name that does not exist is not found`() async {
    let (_, events) = kugelOpen(
      WebSocketRequest(ClientRequest(host: "no-such-host.invalid", port: 1, path: "/")), on: loop)
    guard case .failed(.nameNotFound(let host, _, _)) = await events.end() else {
      Issue.record("the name was found")
      return
    }
    #expect(host == "no-such-host.invalid")
    loop.stop()
  }

  @Test func `a stream that ends inside a frame is lost`() async {
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      connection.write(Array(textFrame("not all of it").dropLast(5)))
    }
    let (_, events) = open(peer)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    guard case .failed(.lost(let cause)) = await events.nextNews() else {
      Issue.record("the connection was not lost")
      return
    }
    #expect(cause.contains("inside a message"))
    loop.stop()
  }

  @Test func `a wrong accept header is a violation`() async {
    let peer = RawPeer { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write(
        "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n"
      )
      _ = connection.readToEnd()
    }
    let (_, events) = open(peer)
    guard case .failed(.violation(let code, _)) = await events.end() else {
      Issue.record("no rule was broken")
      return
    }
    #expect(code == 1002)
    loop.stop()
  }

  @Test func `an answer that is not HTTP is a failure`() async {
    let peer = RawPeer { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write("SSH-2.0-nothing here\r\n\r\n\r\n")
      _ = connection.readToEnd()
    }
    let (_, events) = open(peer) { $0.request.answerTimeout = .milliseconds(500) }
    guard case .failed = await events.end() else {
      Issue.record("it did not fail")
      return
    }
    loop.stop()
  }

  @Test func `a broken frame is answered with its close code and ends in a violation`() async {
    let heard = Events<[UInt8]>()
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      connection.write(frame(1, [0xFF, 0xFE]))
      heard.handler(connection.readToEnd())
    }
    let (_, events) = open(peer)
    guard case .failed(.violation(let code, _)) = await events.end() else {
      Issue.record("no rule was broken")
      return
    }
    #expect(code == 1007)
    #expect(await heard.next()?.first == 0x88)
    loop.stop()
  }

  @Test func `pings are answered, also while paused`() async {
    let heard = Events<[UInt8]>()
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      connection.write(textFrame("hold"))
      connection.write(frame(9, [7]))
      heard.handler(connection.read())
      _ = connection.readToEnd()
    }
    let holder = Holder<WebSocketConnection>()
    let events = Events<SocketEvent>()
    holder.value = WebSocketConnection(
      WebSocketRequest(ClientRequest(host: "127.0.0.1", port: peer.port, path: "/")), on: loop
    ) { event in
      if case .opened = event { holder.value?.pauseReceiving() }
      events.handler(event)
    }
    let pong = await heard.next() ?? []
    #expect(pong.prefix(2) == [0x8A, 0x81])
    holder.value?.resumeReceiving()
    #expect(await events.nextText() == "hold")
    holder.value?.abort()
    loop.stop()
  }

  @Test func `a peer that answers no ping is silent`() async {
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      _ = connection.readToEnd()
    }
    let (_, events) = open(peer) {
      $0.pingInterval = .milliseconds(20)
      $0.pongTimeout = .milliseconds(40)
    }
    #expect(await events.end() == .failed(.peerSilent))
    loop.stop()
  }

  @Test func `a close that is not answered ends after the close timeout`() async {
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      _ = connection.readToEnd()
    }
    let (connection, events) = open(peer) { $0.closeTimeout = .milliseconds(40) }
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.close()
    #expect(await events.end() == .closed(code: nil, reason: ""))
    loop.stop()
  }

  @Test func `closing while connecting ends at once`() async {
    let peer = RawPeer { connection in _ = connection.readToEnd() }
    let (connection, events) = open(peer)
    connection.close()
    #expect(await events.end() == .closed(code: nil, reason: ""))
    loop.stop()
  }

  @Test func `stopping the loop fails what is open`() async {
    let peer = RawPeer { connection in
      connection.write(connection.handshake())
      _ = connection.readToEnd()
    }
    let (_, events) = open(peer)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    loop.stop()
    #expect(await events.end() == .failed(.stopped))
    let (_, late) = open(peer)
    #expect(await late.end() == .failed(.stopped))
  }

  @Test(arguments: [
    ClientRequest(host: "127.0.0.1", port: 1, path: "no slash"),
    ClientRequest(host: "127.0.0.1", port: 1, path: "/a b"),
    ClientRequest(host: "127.0.0.1", port: 1, path: "/", headers: ["x": "a\r\nb: c"]),
    ClientRequest(host: "127.0.0.1", port: 1, path: "/" + String(repeating: "x", count: 2000)),
    ClientRequest(host: "", port: 1, path: "/"),
  ]) func `a request that could not be sent as it is, is not sent`(request: ClientRequest) async {
    let (_, events) = kugelOpen(WebSocketRequest(request), on: loop)
    guard case .failed(.badRequest) = await events.end() else {
      Issue.record("it was sent")
      return
    }
    loop.stop()
  }
}
