import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct KeptConnectionTests {
  private let loop = EventLoop()

  private func ask(
    _ port: UInt16, _ path: String = "/", over kept: KeptConnections, body: String = "",
    _ adjust: (inout ClientRequest) -> Void = { _ in }
  ) async -> [HTTPExchangeEvent] {
    var request = ClientRequest(host: "127.0.0.1", port: port, path: path)
    request.method = "POST"
    request.body = Array(body.utf8)
    adjust(&request)
    let events = Events<HTTPExchangeEvent>()
    let exchange = HTTPExchange(request, over: kept, on: loop, handler: events.handler)
    var all: [HTTPExchangeEvent] = []
    while let event = await events.next() {
      all.append(event)
      switch event {
      case .finished, .failed: return all
      case .head, .body: continue
      }
    }
    withExtendedLifetime(exchange) {}
    return all
  }

  private func body(_ events: [HTTPExchangeEvent]) -> String? {
    guard events.last == .finished else { return nil }
    var bytes: [UInt8] = []
    for case .body(let piece) in events { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Answers whatever comes with its number and its body's length, and tells the connections.
  private static func counting(
    connections: Int, answers: [Int], _ heard: Events<String>, chunked: Bool = true
  ) -> RawPeer {
    let left = Holder<[Int]>()
    left.value = answers
    return RawPeer(connections: connections) { connection in
      heard.handler("open")
      guard var counts = left.value, !counts.isEmpty else { return }
      let count = counts.removeFirst()
      left.value = counts
      for number in 0..<count {
        let head = connection.read(until: "\r\n\r\n")
        guard !head.isEmpty else { return heard.handler("gone") }
        let length =
          head.lowercased().split(separator: "\r\n")
          .first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        var body = 0
        while body < length { body += connection.read(atMost: length - body).count }
        let text = "\(number):\(length)"
        connection.write(
          chunked
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\(number)\r\n"
              + "\(text.count - 1)\r\n:\(length)\r\n0\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: \(text.count)\r\n\r\n\(text)")
      }
    }
  }

  @Test(arguments: [true, false])
  func `requests one after the other take one connection`(chunked: Bool) async {
    let heard = Events<String>()
    let peer = Self.counting(connections: 2, answers: [4], heard, chunked: chunked)
    let kept = KeptConnections(on: loop)
    for number in 0..<4 {
      let events = await ask(peer.port, over: kept, body: String(repeating: "x", count: number))
      #expect(body(events) == "\(number):\(number)")
    }
    #expect(await heard.next() == "open")
    kept.close()
    loop.stop()
  }

  /// As who waits for one end to begin the next does, on the loop's own thread.
  @Test func `the next request may be made when the last one's end is told`() async {
    let heard = Events<String>()
    let peer = Self.counting(connections: 2, answers: [3, 3], heard)
    let kept = KeptConnections(on: loop)
    let ends = Events<Int>()
    let exchanges = Holder<[HTTPExchange]>()
    exchanges.value = []
    @Sendable func ask(_ number: Int) {
      let request = ClientRequest(host: "127.0.0.1", port: peer.port, path: "/")
      let exchange = HTTPExchange(request, over: kept, on: loop) { event in
        guard case .finished = event else { return }
        ends.handler(number)
        if number < 2 { ask(number + 1) }
      }
      exchanges.value?.append(exchange)
    }
    ask(0)
    for number in 0..<3 { #expect(await ends.next() == number) }
    #expect(await heard.next() == "open")
    kept.close()
    loop.stop()
  }

  @Test func `who reads nothing for a while hears all of it later`() async throws {
    let loopback = try Loopback(request: { request, responder in
      responder.respond(.text(200, String(repeating: "z", count: 400_000)))
    })
    let kept = KeptConnections(on: loop)
    for _ in 0..<2 {
      let events = Events<HTTPExchangeEvent>()
      let exchange = HTTPExchange(
        ClientRequest(host: "127.0.0.1", port: loopback.listener.port, path: "/"), over: kept,
        on: loop, handler: events.handler)
      exchange.pauseReceiving()
      loop.schedule(at: .now + .milliseconds(30)) { exchange.resumeReceiving() }
      var count = 0
      while let event = await events.next() {
        if case .body(let bytes) = event { count += bytes.count }
        if event == .finished { break }
      }
      #expect(count == 400_000)
    }
    kept.close()
    loop.stop()
  }

  @Test func `long bodies go both ways over a kept connection`() async throws {
    let loopback = try Loopback(request: { request, responder in
      responder.begin(200)
      for start in stride(from: 0, to: request.body.count, by: 50_000) {
        responder.write(Array(request.body[start..<min(start + 50_000, request.body.count)]))
      }
      responder.finish()
    })
    let kept = KeptConnections(on: loop)
    for count in [10, 900_000, 0, 300_000] {
      let sent = String(repeating: "0123456789", count: count / 10)
      #expect(body(await ask(loopback.listener.port, over: kept, body: sent)) == sent)
    }
    kept.close()
    loop.stop()
  }

  @Test func `a connection that the server has given up meanwhile is made anew`() async {
    let heard = Events<String>()
    // Each connection answers once, without a word that it closes then.
    let peer = Self.counting(connections: 3, answers: [1, 1, 1], heard)
    let kept = KeptConnections(on: loop)
    for _ in 0..<3 { #expect(body(await ask(peer.port, over: kept)) == "0:0") }
    kept.close()
    loop.stop()
  }

  @Test func `a request is said again only where nothing of its answer came`() async {
    let peer = RawPeer(connections: 2) { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      _ = connection.read(until: "\r\n\r\n")
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    }
    let kept = KeptConnections(on: loop)
    #expect(body(await ask(peer.port, over: kept)) == "ok")
    guard case .failed(.lost)? = await ask(peer.port, over: kept).last else {
      Issue.record("it was not lost")
      return
    }
    kept.close()
    loop.stop()
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\n\r\nok",
  ])
  func `who does not keep it is asked over another`(answer: String) async {
    let heard = Events<String>()
    let peer = RawPeer(connections: 2) { connection in
      heard.handler(connection.read(until: "\r\n\r\n"))
      connection.write(answer)
    }
    let kept = KeptConnections(on: loop)
    for _ in 0..<2 { #expect(body(await ask(peer.port, over: kept)) == "ok") }
    let first = await heard.next() ?? "close"
    #expect(!first.lowercased().contains("connection: close"))
    #expect(await heard.next() != nil)
    kept.close()
    loop.stop()
  }

  @Test func `over TLS it is as in the clear`() async throws {
    let authority = try Authority()
    let certificate = try authority.certificate(for: "DNS:localhost")
    let clients = Events<String>()
    let loopback = try Loopback {
      $0.certificate = certificate
    } request: { request, responder in
      // libwebsockets writes the first of a connection, and says so.
      clients.handler(request.head.headers["pragma"] ?? "kept")
      responder.begin(200)
      responder.write(request.body)
      responder.finish()
    }
    let kept = KeptConnections(on: loop)
    var seen: [String] = []
    for count in [3, 200_000, 70_000] {
      let sent = String(repeating: "s", count: count)
      let events = await ask(loopback.listener.port, over: kept, body: sent) {
        $0.host = "localhost"
        $0.trust = TrustOptions(extraFile: authority.file)
      }
      #expect(body(events) == sent)
      seen.append(await clients.next() ?? "")
    }
    #expect(seen == ["no-cache", "kept", "kept"])
    kept.close()
    loop.stop()
  }

  @Test func `what is cancelled is not asked again, and the next goes its own way`() async {
    let peer = RawPeer(connections: 2) { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")
      // The first is never ended; the second is.
      if connection.read(until: "\r\n\r\n").isEmpty { return }
      connection.write("0\r\n\r\n")
    }
    let kept = KeptConnections(on: loop)
    let events = Events<HTTPExchangeEvent>()
    let exchange = HTTPExchange(
      ClientRequest(host: "127.0.0.1", port: peer.port, path: "/"), over: kept, on: loop,
      handler: events.handler)
    _ = await events.first { $0 == .body(Array("ok".utf8)) }
    exchange.cancel()
    let next = Events<HTTPExchangeEvent>()
    let other = HTTPExchange(
      ClientRequest(host: "127.0.0.1", port: peer.port, path: "/"), over: kept, on: loop,
      handler: next.handler)
    #expect(await next.first { $0 == .body(Array("ok".utf8)) } != nil)
    other.cancel()
    kept.close()
    loop.stop()
  }
}
