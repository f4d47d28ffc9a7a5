import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HTTPTests {
  private static func answer(_ request: HTTPRequest, _ responder: HTTPResponder) {
    let head = request.head
    switch (head.method, head.path) {
    case ("GET", "/hello world"):
      let names = head.query.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
      responder.respond(
        HTTPResponse(
          status: 200, headers: ["x-request-id": "r1"],
          body: Array("\(names) \(head.headers["X-API-KEY"] ?? "-")".utf8)))
    case ("POST", "/echo"): responder.respond(HTTPResponse(status: 201, body: request.body))
    case ("HEAD", _): responder.respond(HTTPResponse(status: 200, body: [1, 2, 3]))
    case ("DELETE", _): responder.respond(HTTPResponse(status: 204))
    case ("GET", "/stream"):
      responder.begin(200, headers: ["x-sample-rate": "24000"])
      for piece in ["one ", "two ", "three"] { responder.write(Array(piece.utf8)) }
      responder.finish()
    case ("GET", "/broken"):
      responder.begin(200)
      responder.write(Array("some".utf8))
      responder.observe { if $0 == .disconnected {} }
      responder.abort()
    default: responder.respond(.json(404, "{}"))
    }
  }

  private func loopback(_ adjust: (inout ListenerOptions) -> Void = { _ in }) throws -> Loopback {
    try Loopback(adjust, request: Self.answer)
  }

  @Test func `path, query and headers arrive decoded, status, headers and body come back`()
    async throws
  {
    let loopback = try loopback()
    var request = loopback.request("/hello%20world?a=1&b=x%3Dy+z&c")
    request.headers = ["x-api-key": "secret"]
    let answer = try await loopback.fetch(request).get()
    #expect(answer.head.status == 200)
    #expect(answer.head.headers["x-request-id"] == "r1")
    #expect(String(decoding: answer.body, as: UTF8.self) == "a=1|b=x=y z|c= secret")
  }

  @Test(arguments: [0, 1, 70_000, 1 << 20]) func `a body is sent and comes back`(
    size: Int
  ) async throws {
    let loopback = try loopback()
    var request = loopback.request("/echo")
    request.method = "POST"
    request.body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let answer = try await loopback.fetch(request).get()
    #expect(answer.head.status == 201)
    #expect(answer.body == request.body)
  }

  @Test func `a body over the limit is answered with 413`() async throws {
    let loopback = try loopback { $0.maximumBody = 100 }
    var request = loopback.request("/echo")
    request.method = "POST"
    request.body = [UInt8](repeating: 1, count: 101)
    #expect(try await loopback.fetch(request).get().head.status == 413)
  }

  @Test(arguments: [("HEAD", 200), ("DELETE", 204), ("PUT", 404)])
  func `an answer without a body ends`(method: String, status: Int) async throws {
    let loopback = try loopback()
    var request = loopback.request("/any")
    request.method = method
    let answer = try await loopback.fetch(request).get()
    #expect(answer.head.status == status)
    #expect(answer.body == (status == 404 ? Array("{}".utf8) : []))
  }

  @Test func `a streamed answer arrives in pieces, its chunks undone`() async throws {
    let loopback = try loopback()
    let answer = try await loopback.fetch(loopback.request("/stream")).get()
    #expect(answer.head.headers["x-sample-rate"] == "24000")
    #expect(String(decoding: answer.body, as: UTF8.self) == "one two three")
  }

  @Test func `who waits for an answer hears of the loop's end, whatever else was still to be done`()
    async throws
  {
    let loop = EventLoop()
    let loopback = try Loopback(request: { _, _ in
      // On another loop than the server's; it has no answer.
      loop.post {
        loop.post {}
        loop.stop()
      }
    })
    let answer = await withCheckedContinuation { continuation in
      HTTPExchange.fetch(loopback.request("/"), on: loop) { continuation.resume(returning: $0) }
    }
    guard case .failure(.stopped) = answer else {
      Issue.record("it ended otherwise: \(answer)")
      return
    }
  }

  @Test func `an answer that breaks off is lost, not short`() async throws {
    let loopback = try loopback()
    guard case .failure(.lost) = await loopback.fetch(loopback.request("/broken")) else {
      Issue.record("the answer was not lost")
      return
    }
  }

  @Test func `a truncated length is lost, an answer without length ends with the stream`()
    async throws
  {
    let loopback = try loopback()
    for (head, expected) in [("Content-Length: 9\r\n", false), ("", true)] {
      let peer = RawPeer { connection in
        _ = connection.read(until: "\r\n\r\n")
        connection.write("HTTP/1.1 200 OK\r\n\(head)\r\nfour")
      }
      let result = await loopback.fetch(
        ClientRequest(host: "127.0.0.1", port: peer.port, path: "/"))
      if expected {
        #expect(try result.get().body == Array("four".utf8))
      } else {
        guard case .failure(.lost) = result else {
          Issue.record("the answer was not lost")
          return
        }
      }
    }
  }

  @Test func `a service that streams hears when its client has taken enough, and when it leaves`()
    async throws
  {
    let heard = Events<HTTPResponderEvent>()
    let answering = Holder<HTTPResponder>()
    let loopback = try Loopback {
      $0.sendBuffer = 256 * 1024
    } request: { _, responder in
      answering.value = responder
      responder.observe(heard.handler)
      responder.begin(200)
      for _ in 0..<40 { responder.write([UInt8](repeating: 0, count: 100_000)) }
    }
    let events = Events<HTTPExchangeEvent>()
    let exchange = HTTPExchange(loopback.request("/"), on: loopback.loop, handler: events.handler)
    #expect(await heard.next() == .drained)
    exchange.cancel()
    // Who only says no more still gets the answer; that nobody takes it shows with the next of it.
    for _ in 0..<40 { answering.value?.write([UInt8](repeating: 0, count: 100_000)) }
    #expect(await heard.first { $0 == .disconnected } == .disconnected)
    // It holds the service that holds this.
    answering.value = nil
  }

  @Test func `one connection carries several requests, also when they come at once`() async throws {
    let loopback = try loopback()
    let client = RawConnection(to: loopback.listener.port)
    let request = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"
    client.write(request + request)
    client.write(
      "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n")
    client.write("GET /gone HTTP/1.1\r\nConnection: close\r\n\r\n")
    let all = String(decoding: client.readToEnd(), as: UTF8.self)
    #expect(all.split(separator: "HTTP/1.1 ").map { $0.prefix(3) } == ["200", "200", "201", "404"])
    #expect(all.contains("\r\n\r\nabcde"))
    client.close()
  }

  @Test(arguments: [
    ("nonsense\r\n\r\n", "400"), ("GET / HTTP/3.0\r\n\r\n", "400"),
    ("GET / HTTP/1.1\r\nbad header\r\n\r\n", "400"),
    ("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400"),
    ("GET / HTTP/1.1\r\nx: " + String(repeating: "y", count: 20_000), "431"),
    (
      "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n"
        + "Sec-WebSocket-Version: 8\r\n\r\n", "426"
    ),
  ]) func `what is no request is answered and hung up`(text: String, status: String) async throws {
    let loopback = try loopback()
    let client = RawConnection(to: loopback.listener.port)
    client.write(text)
    let answer = String(decoding: client.readToEnd(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    #expect(answer.contains("connection: close\r\n"))
    client.close()
  }

  @Test func `a request that does not end is given up`() async throws {
    let loopback = try loopback { $0.bodyTimeout = .milliseconds(40) }
    let client = RawConnection(to: loopback.listener.port)
    client.write("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
    #expect(String(decoding: client.readToEnd(), as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
    client.close()
  }

  @Test func `a client that expects to be asked for its body is asked`() async throws {
    let loopback = try loopback()
    let client = RawConnection(to: loopback.listener.port)
    client.write("POST /echo HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    client.write("ok")
    #expect(client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 201 Created\r\n"))
    client.close()
  }
}
