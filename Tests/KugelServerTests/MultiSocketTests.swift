import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

/// Everything that contexts of one socket were told.
private struct Told {
  var samples: [String: [Int16]] = [:]
  var errors: [String: ServiceError] = [:]
  var usages: [String: Usage] = [:]
  /// In order, without audio.
  var events: [String] = []
  private var decoder = AudioDecoder()

  /// Reads until so many contexts are closed, or the session is.
  mutating func read(_ socket: TestSocket, untilClosed count: Int = .max) async {
    var closed = 0
    while closed < count, let frame = await socket.frame(&decoder) {
      let name = frame.context ?? "-"
      switch frame.message {
      case .audio(let audio): samples[name, default: []] += audio.samples
      case .error(let error): errors[name] = error
      case .final: events.append("\(name) final")
      case .interrupted: events.append("\(name) interrupted")
      case .contextTimeout: events.append("\(name) timeout")
      case .contextClosed(let usage):
        events.append("\(name) closed")
        usages[name] = usage
        closed += 1
      case .sessionClosed:
        events.append("session closed")
        return
      default: break
      }
    }
  }
}

private func begin(_ name: String, _ text: String, voice: Int, _ more: String = "") -> String {
  #"{"text":"\#(text)","context_id":"\#(name)","flush":true,"#
    + #""voice_settings":{"voice_id":\#(voice)}\#(more)}"#
}

@Suite struct MultiSocketTests {
  @Test func `twenty contexts at once: one more is refused, one is cut, and one times out`()
    async throws
  {
    let server = try TestServer()
    let socket = server.open(.multi)
    let long = String(repeating: "More and more is said. ", count: 400)
    socket.send(begin("long", long, voice: 20))
    for number in 1...19 {
      socket.send(begin("c\(number)", "This is context \(number).", voice: number))
    }
    socket.send(begin("late", "No place.", voice: 1))
    socket.send(#"{"cancel":true,"context_id":"long"}"#)
    socket.send(begin("idle", " ", voice: 1, #","inactivity_timeout":0.05"#))
    var told = Told()
    await told.read(socket, untilClosed: 2)
    #expect(told.errors.mapValues(\.name) == ["late": "TOO_MANY_CONTEXTS"])
    #expect(told.errors["late"]?.code == 429)
    let closings = told.events.filter { $0.hasPrefix("long") || $0.hasPrefix("idle") }
    // The flush of nothing is answered, and so is the end.
    #expect(
      closings == [
        "long interrupted", "long closed", "idle final", "idle final", "idle timeout",
        "idle closed",
      ])
    for number in 1...19 { socket.send(#"{"close_context":true,"context_id":"c\#(number)"}"#) }
    socket.send(#"{"close_socket":true}"#)
    await told.read(socket)
    for number in 1...19 {
      #expect(
        try told.samples["c\(number)"] == tones("This is context \(number).", voice: number))
      #expect(told.usages["c\(number)"]?.characters == "This is context \(number).".count)
    }
    #expect(try told.samples["long", default: []].count < tones(long, voice: 20).count)
    #expect(told.events.last == "session closed")
    #expect(await socket.end() == .closed(code: 1000, reason: ""))
  }

  @Test func `no context waits for the end of another's long text`() async throws {
    let server = try TestServer()
    let socket = server.open(.multi)
    socket.send(begin("long", String(repeating: "On and on it goes. ", count: 300), voice: 1))
    socket.send(begin("short", "Hello.", voice: 2))
    socket.send(#"{"close_context":true,"context_id":"short"}"#)
    var told = Told()
    await told.read(socket, untilClosed: 1)
    #expect(told.events == ["short final", "short closed"])
    #expect(try told.samples["short"] == tones("Hello.", voice: 2))
  }

  @Test func `a client that takes nothing holds all its contexts up`() async throws {
    let engine = CountingEngine()
    let server = try TestServer(engine: engine)
    let socket = server.open(.multi)
    _ = await socket.next()
    socket.connection.pauseReceiving()
    let long = String(repeating: "Two words. ", count: 200)
    for name in ["a", "b", "c"] { socket.send(begin(name, long, voice: 1)) }
    // Another client's request, spoken in between, shows that the engine waits for work.
    let other = server.open(.tts)
    for _ in 0..<50 {
      other.send(#"{"text":"Hi.","voice_id":1}"#)
      #expect(await other.turn().samples.count == 24_000)
    }
    // What our half and the system's hold of it is not the server's to know: some 6 MB.
    #expect(engine.seconds < 250)
    socket.connection.resumeReceiving()
    socket.send(#"{"close_socket":true}"#)
    var told = Told()
    await told.read(socket)
    for name in ["a", "b", "c"] { #expect(told.samples[name]?.count == 400 * 24_000) }
  }

  @Test func `the metrics count the turns of contexts by how they end`() async throws {
    let server = try TestServer()
    let socket = server.open(.multi)
    socket.send(begin("a", "One.", voice: 1))
    socket.send(begin("b", "Two.", voice: 99))
    socket.send(#"{"close_socket":true}"#)
    var told = Told()
    await told.read(socket)
    #expect(told.errors["b"]?.name == "NOT_FOUND")
    #expect(try await server.metric(#"kugel_turns_total{end="completed"}"#) == 1)
  }
}
