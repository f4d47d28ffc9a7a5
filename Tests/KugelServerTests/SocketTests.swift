import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

private let hello = #"{"text":"Hello brave new world.","voice_id":1"#

@Suite struct SocketTests {
  @Test func `a request is answered with every sample, word times and its figures`() async throws {
    let server = try TestServer()
    let socket = server.open(.tts)
    socket.send(hello + #","word_timestamps":true,"model_id":"kugel-3"}"#)
    let messages = await socket.turn()
    #expect(try messages.samples == tones("Hello brave new world."))
    let words = messages.flatMap { message -> [String] in
      if case .wordTimes(let words, _) = message { words.map(\.word) } else { [] }
    }
    #expect(words == ["Hello", "brave", "new", "world."])
    guard case .final(let statistics) = messages.last else {
      Issue.record("no final")
      return
    }
    #expect(statistics.totalSamples == messages.samples.count)
    #expect(statistics.originalText == "Hello brave new world.")
    #expect(statistics.usage?.characters == 22)
    #expect(statistics.usage?.model == "kugel-3")
  }

  @Test func `turns follow each other on one socket, with voices of their own`() async throws {
    let server = try TestServer()
    let socket = server.open(.stream)
    socket.send(hello + "}")
    socket.send(#"{"text":" More","flush":false}"#)
    socket.send(#"{"flush":true}"#)
    let first = await socket.turn()
    #expect(try first.samples == tones("Hello brave new world. More"))
    socket.send(#"{"text":"Hello.","voice_id":2,"flush":true}"#)
    let second = await socket.turn()
    #expect(try second.samples == tones("Hello.", voice: 2))
    guard case .sessionClosed(let totals, let usage) = second.last else {
      Issue.record("no end")
      return
    }
    #expect(totals.textChunks == 1)
    #expect(usage?.audioSeconds == totals.audioSeconds)
  }

  /// Source: protocol notes, section 14.5.
  @Test func `a close after a flushed turn is answered, as old clients wait for it`() async throws {
    let server = try TestServer()
    let socket = server.open(.stream)
    socket.send(#"{"text":"Hello.","voice_id":1,"flush":true}"#)
    _ = await socket.turn()
    socket.send(#"{"close":true}"#)
    #expect(await socket.turn() == [.sessionClosed(TurnTotals(), usage: nil)])
    socket.send(#"{"text":"Bye.","flush":true}"#)
    socket.send(#"{"close_socket":true}"#)
    #expect(try await socket.turn().samples == tones("Bye."))
    #expect(await socket.end() == .closed(code: 1000, reason: ""))
  }

  @Test func `a cancel ends a long turn at once, and the socket goes on`() async throws {
    let engine = CountingEngine(waits: true)
    let server = try TestServer(engine: engine)
    let socket = server.open(.stream)
    socket.send(#"{"text":"One. Two. Three.","voice_id":1,"flush":true}"#)
    var decoder = AudioDecoder()
    while let message = await socket.message(&decoder) {
      if case .chunkComplete = message { break }
    }
    socket.send(#"{"cancel":true}"#)
    #expect(await socket.turn().last == .interrupted)
    engine.goOn()
    socket.send(#"{"text":"Next.","flush":true}"#)
    #expect(await socket.turn().samples.count == 24_000)
    #expect(!engine.texts.contains("Three."))
  }

  @Test(arguments: [
    (#"{"text":"Hi.","flush":true}"#, 400, "MISSING_VOICE_ID"),
    ("nonsense", 400, "VALIDATION_ERROR"),
    (#"{"text":"Hi.","voice_id":"nobody","flush":true}"#, 404, "NOT_FOUND"),
    (#"{"update_settings":{"voice_id":2}}"#, 400, "VALIDATION_ERROR"),
    (#"{"text":"Hi.","voice_id":1,"speed":3}"#, 400, "VALIDATION_ERROR"),
    (#"{"text":"Hi.","voice_id":1,"dictionary_ids":[4],"project_id":1}"#, 400, "VALIDATION_ERROR"),
  ])
  func `a mistake is told with the connection's number, and the socket lives`(
    frame: String, code: Int, name: String
  ) async throws {
    let server = try TestServer()
    for endpoint in [Endpoint.stream, .tts] {
      let socket = server.open(endpoint)
      socket.send(frame)
      let error = await socket.turn().error
      #expect(error?.code == code)
      #expect(error?.name == name)
      #expect(error?.requestID?.isEmpty == false)
      socket.send(
        #"{"text":"Hi.","voice_id":1,"speed":1.0,"dictionary_ids":[],"flush":true}"#)
      #expect(try await socket.turn().samples == tones("Hi."))
    }
  }

  @Test func `the first request may stand in the address`() async throws {
    let server = try TestServer()
    let json = "%7B%22text%22%3A%22Hello+there%22%2C%22voice_id%22%3A1%7D"
    let socket = server.open(.tts, query: "?model_id=kugel-2&initial_message=" + json)
    let messages = await socket.turn()
    #expect(try messages.samples == tones("Hello there"))
    #expect(messages.usage?.model == "kugel-2")
    socket.send(hello + "}")
    #expect(try await socket.turn().samples == tones("Hello brave new world."))
  }

  @Test func `audio comes at the rate and in the codec asked for`() async throws {
    let server = try TestServer()
    let socket = server.open(.tts)
    socket.send(hello + #","output_format":"ulaw_8000"}"#)
    var rates: Set<Int> = []
    var count = 0
    while case .text(let bytes) = await socket.next().flatMap({ event -> SocketEvent in
      if case .opened = event { .text(Array("{}".utf8)) } else { event }
    }) {
      let text = String(decoding: bytes, as: UTF8.self)
      if text == "{}" { continue }
      var decoder = AudioDecoder()
      guard case .frame(let frame) = KugelCodec.decodeServiceFrame(bytes, audio: &decoder) else {
        break
      }
      if case .audio(let audio) = frame.message {
        #expect(text.contains(#""enc":"mulaw""#))
        rates.insert(audio.rate)
        count += audio.samples.count
      } else {
        break
      }
    }
    #expect(rates == [8000])
    let native = try tones("Hello brave new world.").count
    #expect(abs(count - native / 3) < 100)
  }

  @Test func `a message over the limit closes with 1009`() async throws {
    let server = try TestServer { $0.maximumMessage = 2000 }
    let socket = server.open(.stream)
    socket.send(#"{"text":"\#(String(repeating: "a", count: 3000))"}"#)
    guard case .closed(code: 1009, _) = await socket.end() else {
      Issue.record("not closed for it")
      return
    }
  }

  @Test func `a text over the limit is refused`() async throws {
    let server = try TestServer { $0.maximumCharacters = 10 }
    let socket = server.open(.tts)
    socket.send(hello + "}")
    #expect(await socket.turn().error?.message == "text must be at most 10 characters")
  }

  @Test func `an idle socket is closed when asked so, and a busy one is not`() async throws {
    let server = try TestServer { $0.idleTimeout = .seconds(1) }
    let socket = server.open(.stream)
    socket.send(hello + #","flush":true}"#)
    #expect(try await socket.turn().samples == tones("Hello brave new world."))
    #expect(await socket.end() == .closed(code: 1000, reason: "idle"))
  }

  @Test func `turns over the limit are refused`() async throws {
    let engine = CountingEngine(waits: true)
    let server = try TestServer(engine: engine) { $0.maximumTurns = 1 }
    let first = server.open(.stream)
    first.send(#"{"text":"One. Two.","voice_id":1,"flush":true}"#)
    var decoder = AudioDecoder()
    _ = await first.message(&decoder)
    let other = server.open(.tts)
    other.send(hello + "}")
    #expect(await other.turn().error?.name == "RATE_LIMITED")
    engine.goOn()
    #expect(await first.turn().samples.count == 48_000)
    other.send(hello + "}")
    #expect(await other.turn().error == nil)
  }
}
