import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

@Suite struct PaceTests {
  private static let long = String(repeating: "Two words. ", count: 400)

  @Test func `not much is made before a client that does not take it, and all once it does`()
    async throws
  {
    let engine = CountingEngine()
    let server = try TestServer(engine: engine) { $0.ahead = 10 }
    let socket = server.open(.tts)
    _ = await socket.next()
    socket.connection.pauseReceiving()
    socket.send(#"{"text":"\#(Self.long)","voice_id":1}"#)
    // Another client's request, spoken in between, shows that the engine waits for work.
    let other = server.open(.tts)
    for _ in 0..<50 {
      other.send(#"{"text":"Hi.","voice_id":1}"#)
      #expect(await other.turn().samples.count == 24_000)
    }
    // What our half and the system's hold of it is not the server's to know: some 6 MB.
    #expect(engine.seconds < 250)
    socket.connection.resumeReceiving()
    #expect(await socket.turn().samples.count == 800 * 24_000)
  }

  @Test func `a client that takes nothing is cut off`() async throws {
    let engine = CountingEngine()
    let server = try TestServer(engine: engine) { $0.sendTimeout = .milliseconds(100) }
    let socket = server.open(.tts)
    _ = await socket.next()
    socket.connection.pauseReceiving()
    socket.send(#"{"text":"\#(Self.long)","voice_id":1}"#)
    // Gauges and counters follow one another: each is waited for.
    while try await server.metric(#"kugel_open_sockets{endpoint="/ws/tts"}"#) != 0 {}
    while try await server.metric("kugel_turns_in_flight") != 0 {}
    while try await server.metric(#"kugel_turns_total{end="lost"}"#) ?? 0 < 1 {}
    #expect(try await server.metric(#"kugel_turns_total{end="lost"}"#) == 1)
  }

  @Test func `a body that nobody takes is not made either`() async throws {
    let engine = CountingEngine()
    let server = try TestServer(engine: engine) { $0.ahead = 1 }
    var request = ClientRequest(
      host: "127.0.0.1", port: server.server.port, path: "/v1/tts/generate")
    request.method = "POST"
    request.body = Array(#"{"text":"\#(Self.long)","voice_id":1}"#.utf8)
    let (events, continuation) = AsyncStream.makeStream(of: HTTPExchangeEvent.self)
    let exchange = HTTPExchange(request, on: server.loop) { continuation.yield($0) }
    for await event in events {
      guard case .head = event else { continue }
      break
    }
    exchange.cancel()
    while try await server.metric("kugel_turns_in_flight") != 0 {}
    while try await server.metric(#"kugel_turns_total{end="lost"}"#) ?? 0 < 1 {}
    #expect(engine.seconds < 800)
    #expect(try await server.metric(#"kugel_turns_total{end="lost"}"#) == 1)
  }

  @Test func `a long text does not delay another's first sound`() async throws {
    let engine = CountingEngine(waits: true)
    let server = try TestServer(engine: engine) { $0.ahead = 100_000 }
    let long = server.open(.tts)
    long.send(#"{"text":"\#(Self.long)","voice_id":1}"#)
    var decoder = AudioDecoder()
    _ = await long.message(&decoder)
    let short = server.open(.tts)
    short.send(#"{"text":"Hi.","voice_id":1}"#)
    while try await server.metric("kugel_turns_in_flight") != 2 {}
    engine.goOn()
    #expect(await short.turn().samples.count == 24_000)
    // The one that was being spoken when it came, and then it.
    #expect(engine.texts.firstIndex(of: "Hi.") == 2)
  }
}
