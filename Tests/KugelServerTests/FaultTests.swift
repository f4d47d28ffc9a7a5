import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

private let hello = #"{"text":"Hello brave new world.","voice_id":1,"flush":true}"#

@Suite struct FaultTests {
  @Test func `a dropped connection ends without a close frame, and the next one works`()
    async throws
  {
    let server = try TestServer(faults: "drop-after=1,times=1")
    let first = server.open(.stream)
    first.send(hello)
    let messages = await first.turn()
    #expect(messages.samples.isEmpty == false)
    #expect(!messages.contains { $0.endsTurn(at: .stream) })
    let second = server.open(.stream)
    second.send(hello)
    #expect(try await second.turn().samples == tones("Hello brave new world."))
  }

  @Test func `a close code comes instead of audio`() async throws {
    let server = try TestServer(faults: "close=1012")
    for endpoint in [Endpoint.tts, .stream] {
      let socket = server.open(endpoint)
      socket.send(hello)
      #expect(await socket.end() == .closed(code: 1012, reason: "fault"))
    }
  }

  @Test(arguments: [
    ("refuse-key", 401), ("status=402", 402), ("status=429", 429), ("status=503", 503),
  ])
  func `an upgrade is refused`(fault: String, status: Int) async throws {
    let server = try TestServer(faults: fault)
    guard case .failed(.upgradeRefused(let refusal)) = await server.open(.stream).next() else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.status == status)
    #expect((refusal.retryAfter == "1") == (status == 429 || status == 503))
  }

  @Test func `a handshake is never answered`() async throws {
    let server = try TestServer(faults: "no-handshake")
    var request = ClientRequest(host: "127.0.0.1", port: server.server.port, path: "/ws/tts")
    request.answerTimeout = .milliseconds(50)
    let socket = TestSocket(WebSocketRequest(request), .tts, on: server.loop)
    #expect(await socket.next() == .failed(.handshakeTimedOut))
  }

  @Test func `late and jittering messages are all there, in order`() async throws {
    let server = try TestServer(faults: "delay=5,jitter=5")
    let socket = server.open(.stream)
    socket.send(hello)
    #expect(try await socket.turn().samples == tones("Hello brave new world."))
  }

  @Test func `odd bytes and strangers do not change what is heard`() async throws {
    let server = try TestServer(faults: "odd-bytes,unknown-frames,huge-frame,no-usage,no-final")
    let socket = server.open(.stream)
    socket.send(hello)
    let messages = await socket.turn()
    #expect(try messages.samples == tones("Hello brave new world."))
    #expect(messages.usage == nil)
  }

  @Test func `a failing turn is followed by one that works`() async throws {
    let server = try TestServer(faults: "fail-turns=1")
    let socket = server.open(.stream)
    socket.send(hello)
    #expect(await socket.turn().error?.name == "INTERNAL_ERROR")
    socket.send(hello)
    #expect(try await socket.turn().samples == tones("Hello brave new world."))
  }

  @Test func `audio follows an acknowledged cancel`() async throws {
    let server = try TestServer(faults: "late-after-cancel=2")
    let socket = server.open(.stream)
    socket.send(#"{"cancel":true}"#)
    #expect(await socket.turn().last == .interrupted)
    var decoder = AudioDecoder()
    for _ in 0..<2 {
      guard case .audio = await socket.message(&decoder) else {
        Issue.record("no late audio")
        return
      }
    }
  }

  /// A tenth of a second of audio would take more than a minute.
  @Test(.timeLimit(.minutes(1)))
  func `a cancel is acknowledged before audio that is still to come for minutes`() async throws {
    let server = try TestServer(faults: "slow=0.001")
    let socket = server.open(.stream)
    socket.send(hello)
    var decoder = AudioDecoder()
    guard case .generationStarted = await socket.message(&decoder) else {
      Issue.record("the turn did not begin")
      return
    }
    // Until the timer for the audio is set.
    for _ in 0..<20 { _ = try await server.metric("kugel_turns_in_flight") }
    socket.send(#"{"cancel":true}"#)
    // The turn's end may come first: to the engine it was over.
    var last = await socket.message(&decoder)
    while last != nil, last != .interrupted { last = await socket.message(&decoder) }
    #expect(last == .interrupted)
  }

  @Test func `slow audio comes at its pace, and a drain still ends`() async throws {
    let server = try TestServer(faults: "slow=20")
    let socket = server.open(.tts)
    let begun = ContinuousClock.now
    socket.send(#"{"text":"One two three four five six seven eight nine ten.","voice_id":1}"#)
    let samples = await socket.turn().samples
    // Never faster; how much slower is the machine's business.
    let least = Duration.seconds(Double(samples.count) / 24_000 / 20)
    #expect(ContinuousClock.now - begun >= least)
    server.server.drain()
    #expect(await socket.end() == .closed(code: 1012, reason: "service restart"))
    server.server.waitUntilEnded()
  }
}
