import Foundation
import KugelEspeak
import KugelServiceCore
import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

private func body(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

@Suite struct RESTTests {
  @Test func `a text is answered with its audio`() async throws {
    let server = try TestServer()
    let answer = try await server.ask(
      "POST", "/v1/tts/generate", #"{"text":"Hello brave new world.","voice_id":1}"#)
    #expect(answer.head.status == 200)
    #expect(answer.head.headers["content-type"] == "audio/pcm")
    #expect(answer.head.headers["x-sample-rate"] == "24000")
    #expect(answer.head.headers["x-audio-format"] == "pcm_s16le")
    #expect(answer.head.headers["x-kugelaudio-ai-generated"] == "true")
    let samples = stride(from: 0, to: answer.body.count, by: 2).map {
      Int16(bitPattern: UInt16(answer.body[$0]) | UInt16(answer.body[$0 + 1]) << 8)
    }
    #expect(try samples == tones("Hello brave new world."))
  }

  @Test(arguments: [
    (#"{"text":"Hi."}"#, 400), (#"{"text":"Hi.","voice_id":99}"#, 404),
    (#"{"text":"Hi.","voice_id":1,"word_timestamps":true}"#, 400), ("{", 400),
  ])
  func `a mistake is an error with its status`(json: String, status: Int) async throws {
    let server = try TestServer()
    let answer = try await server.ask("POST", "/v1/tts/generate", json)
    #expect(answer.head.status == status)
    #expect(body(answer).contains(#""code":\#(status)"#))
    #expect(answer.head.headers["x-request-id"]?.isEmpty == false)
  }

  @Test func `a body over the limit is refused`() async throws {
    let server = try TestServer { $0.maximumMessage = 1024 }
    let answer = try await server.ask(
      "POST", "/v1/tts/generate", String(repeating: " ", count: 2000))
    #expect(answer.head.status == 413)
    #expect(body(answer).contains("VALIDATION_ERROR"))
  }

  @Test func `voices of the engine and those of examples are listed`() async throws {
    let server = try TestServer()
    let text = body(try await server.ask("GET", "/v1/voices?limit=100"))
    #expect(text.contains(#""total":25,"limit":100,"offset":0"#))
    for id in [123, 268, 480, 1071, 1072, 1, 20] { #expect(text.contains(#"{"id":\#(id),"#)) }
    #expect(body(try await server.ask("GET", "/v1/voices/tone-3")).contains(#""id":3,"#))
  }

  @Test func `a dictionary changes what is spoken, and its file keeps it`() async throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/dictionaries.json"
    let adapt: (inout ServeOptions) -> Void = { $0.dictionaryFile = file }
    let say = #"{"text":"My kugel.","voice_id":1"#
    do {
      let server = try TestServer(adapt)
      _ = try await server.ask("POST", "/v1/dictionaries", #"{"name":"n","language":"en"}"#)
      _ = try await server.ask(
        "POST", "/v1/dictionaries/1/entries", #"{"word":"Kugel","replacement":"ball"}"#)
    }
    let server = try TestServer(adapt)
    let socket = server.open(.tts)
    socket.send(say + #","project_id":1}"#)
    #expect(try await socket.turn().samples == tones("My ball."))
    socket.send(say + "}")
    #expect(try await socket.turn().samples == tones("My kugel."))
    socket.send(say + #","project_id":1,"language":"de"}"#)
    #expect(try await socket.turn().samples == tones("My kugel."))
    socket.send(say + #","project_id":1,"dictionary_ids":[]}"#)
    #expect(try await socket.turn().samples == tones("My kugel."))
    socket.send(say + #","language":"de","dictionary_ids":[1],"project_id":1}"#)
    #expect(try await socket.turn().samples == tones("My ball."))
  }

  @Test func `a change that cannot be kept is not made`() async throws {
    let scratch = try ScratchDirectory()
    let folder = scratch.path + "/absent"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let server = try TestServer { $0.dictionaryFile = folder + "/file" }
    try FileManager.default.removeItem(atPath: folder)
    let answer = try await server.ask("POST", "/v1/dictionaries", #"{"name":"n"}"#)
    #expect(answer.head.status == 500)
    #expect(body(try await server.ask("GET", "/v1/dictionaries")) == #"{"dictionaries":[]}"#)
  }

  @Test func `a file that holds something else, or cannot be made, is not used`() throws {
    let scratch = try ScratchDirectory()
    #expect(throws: ServeError.self) {
      try TestServer { $0.dictionaryFile = scratch.path + "/absent/file" }
    }
    try writeText("[1]", to: scratch.path + "/file")
    #expect(throws: ServeError.self) {
      try TestServer { $0.dictionaryFile = scratch.path + "/file" }
    }
  }

  @Test func `turns, audio and errors are counted`() async throws {
    let server = try TestServer()
    let socket = server.open(.stream)
    socket.send(#"{"text":"Hi.","voice_id":1,"flush":true}"#)
    let messages = await socket.turn()
    socket.send("{")
    _ = await socket.turn()
    #expect(try await server.metric(#"kugel_turns_total{end="completed"}"#) == 1)
    #expect(
      try await server.metric("kugel_audio_seconds_total")
        == Double(messages.samples.count) / 24_000)
    #expect(try await server.metric("kugel_first_audio_seconds_count") == 1)
    #expect(try await server.metric(#"kugel_errors_total{code="VALIDATION_ERROR"}"#) == 1)
    #expect(try await server.metric(#"kugel_open_sockets{endpoint="/ws/tts/stream"}"#) == 1)
    #expect(try await server.metric("kugel_turns_in_flight") == 0)
  }
}

@Suite struct VoiceTests {
  @Test func `a map gives numbers to voices and counts more than others`() async throws {
    let map = try VoiceMapping.parse("1071 = tone-7\n5000 = 8\n2 = tone-9")
    let server = try TestServer { $0.voiceMap = map }
    let socket = server.open(.tts)
    for (id, voice) in [(1071, 7), (5000, 8), (2, 9), (3, 3)] {
      socket.send(#"{"text":"Hi.","voice_id":\#(id)}"#)
      #expect(try await socket.turn().samples == tones("Hi.", voice: voice))
    }
    socket.send(#"{"text":"Hi.","voice_id":"tone-4"}"#)
    #expect(try await socket.turn().samples == tones("Hi.", voice: 4))
  }

  @Test func `a map with an unknown voice is refused with its line`() throws {
    let map = try VoiceMapping.parse("\n1 = nobody")
    #expect(throws: ServeError.unknownVoice("nobody", line: 2)) {
      try TestServer { $0.voiceMap = map }
    }
  }

  @Test func `examples speak the language asked for, espeak's own voices their own`() throws {
    let espeak = EspeakEngine()
    let voices = try ServerVoices(engine: espeak, map: [])
    let german = try #require(espeak.voice(forLanguage: "de"))
    let female = try #require(voices.engineVoice(for: .id(268)))
    let spoken = voices.engineVoice(female, for: .id(268), in: "de")
    guard case .found(let expected) = espeak.find(.handle((german.handle ?? "") + "+f3")) else {
      Issue.record("no such variant")
      return
    }
    #expect(spoken == expected.id)
    #expect(voices.engineVoice(female, for: .id(268), in: "en") == female)
    let own = try #require(voices.engineVoice(for: .handle("de")))
    #expect(voices.engineVoice(own, for: .handle("de"), in: "en") == own)
    let examples = [123, 268, 480, 1071, 1072].map { voices.engineVoice(for: .id($0)) }
    #expect(Set(examples).count == 5)
    #expect(voices.listed.all.count == espeak.voices.count + 5)
  }
}
