import KugelEngine
import KugelServiceCore
import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

private func refusal(_ event: SocketEvent?) -> HTTPRefusal? {
  if case .failed(.upgradeRefused(let refusal)) = event { refusal } else { nil }
}

@Suite struct AccessTests {
  @Test func `a wrong key is refused at the upgrade, with its reason and number`() async throws {
    let server = try TestServer { $0.keys = ["secret"] }
    for endpoint in [Endpoint.tts, .stream] {
      let refused = refusal(await server.open(endpoint, query: "?api_key=wrong").next())
      #expect(refused?.status == 401)
      #expect(refused?.requestID?.isEmpty == false)
      #expect(
        refused.map { String(decoding: $0.body, as: UTF8.self) }
          == #"{"error":"Invalid API key","error_code":"UNAUTHORIZED","code":401}"#)
    }
  }

  @Test func `a right key opens the socket in each of its forms`() async throws {
    let server = try TestServer { $0.keys = ["other", "secret"] }
    let forms: [(String, HTTPHeaders)] = [
      ("?api_key=secret&sdk=python&sdk_version=2.7.0", [:]),
      ("", ["authorization": "Bearer secret"]), ("", ["X-API-Key": "secret"]),
    ]
    for (query, headers) in forms {
      guard
        case .opened(let answer, _) = await server.open(.tts, query: query, headers: headers).next()
      else {
        Issue.record("refused: \(query)")
        continue
      }
      _ = answer
    }
  }

  @Test func `a page of a browser is refused unless it is allowed`() async throws {
    let closed = try TestServer()
    let headers: HTTPHeaders = ["origin": "https://a.example"]
    #expect(refusal(await closed.open(.stream, headers: headers).next())?.status == 403)
    let open = try TestServer { $0.allowedOrigins = ["https://a.example"] }
    #expect(refusal(await open.open(.stream, headers: headers).next()) == nil)
  }

  @Test func `an unknown socket is refused with 404`() async throws {
    let server = try TestServer()
    let request = ClientRequest(host: "127.0.0.1", port: server.server.port, path: "/ws/tts/none")
    let socket = TestSocket(WebSocketRequest(request), .tts, on: server.loop)
    #expect(refusal(await socket.next())?.status == 404)
  }

  @Test func `connections over the limit are refused with 503`() async throws {
    let server = try TestServer { $0.maximumConnections = 1 }
    let first = server.open(.tts)
    _ = await first.next()
    let refused = refusal(await server.open(.tts).next())
    #expect(refused?.status == 503)
    #expect(refused?.retryAfter == "1")
    first.connection.close()
    _ = await first.end()
    // The server may hear of the end a moment later than the client.
    var status: Int? = 503
    for _ in 0..<1000 where status == 503 {
      status = refusal(await server.open(.tts).next())?.status
    }
    #expect(status == nil)
  }

  @Test func `a page that was led here by a name of its own is refused`() async throws {
    let server = try TestServer { $0.allowedHosts = ["tts.example.org"] }
    for (host, status) in [("evil.example", 403), ("tts.example.org", 200), ("localhost", 200)] {
      #expect(try await server.ask("GET", "/v1/voices", calling: host).head.status == status)
    }
    #expect(try await server.ask("GET", "/health", calling: "evil.example").head.status == 200)
  }

  @Test func `one address may have so many connections`() async throws {
    let server = try TestServer { $0.maximumPerAddress = 1 }
    let first = server.open(.tts)
    _ = await first.next()
    let refused = refusal(await server.open(.tts).next())
    #expect(refused?.status == 429)
    #expect(
      refused.map { String(decoding: $0.body, as: UTF8.self).contains("RATE_LIMITED") } == true)
    first.connection.abort()
  }

  @Test func `without keys it listens on loopback only`() throws {
    var options = ServeOptions()
    options.listen = ListenAddress(host: "0.0.0.0", port: 0)
    #expect(throws: ServeError.needsKeys(address: "0.0.0.0:0")) {
      try SpeechServer(options, engine: ToneEngine())
    }
  }

  @Test func `keys are in no line of the log`() async throws {
    let lines = Lines()
    var options = ServeOptions()
    options.listen.port = 0
    options.keys = ["secret"]
    let server = try SpeechServer(options, engine: ToneEngine()) { lines.add($0) }
    let loop = EventLoop()
    for key in ["secret", "wr0ng"] {
      let request = ClientRequest(
        host: "127.0.0.1", port: server.port, path: "/ws/tts?api_key=\(key)",
        headers: ["authorization": "Bearer \(key)"])
      _ = await TestSocket(WebSocketRequest(request), .tts, on: loop).next()
    }
    server.stop()
    server.waitUntilEnded()
    loop.stop()
    #expect(lines.all.count >= 2)
    #expect(!lines.all.contains { $0.contains("secret") || $0.contains("wr0ng") })
  }
}
