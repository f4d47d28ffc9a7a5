import KugelAudio
import KugelEngine
import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

@Suite struct OpenAITests {
  private static let text = "Hello brave new world. And another one."

  private func ask(
    _ server: TestServer, _ members: String, text: String = text
  ) async throws -> HTTPAnswer {
    try await server.ask(
      "POST", "/v1/audio/speech",
      #"{"model":"tts-1","voice":"1","input":"\#(text)"\#(members)}"#)
  }

  private func expected(_ server: TestServer) throws -> [Int16] {
    try tones("Hello brave new world.") + tones("And another one.")
  }

  @Test func `samples are what the engine says`() async throws {
    let server = try TestServer()
    let answer = try await ask(server, #","response_format":"pcm""#)
    #expect(answer.head.status == 200)
    #expect(answer.head.headers["content-type"] == "audio/pcm")
    #expect(answer.head.headers["transfer-encoding"] == "chunked")
    #expect(answer.body.samples == (try expected(server)))
  }

  @Test(arguments: ["wav", "flac"])
  func `files without loss hold the same`(format: String) async throws {
    let server = try TestServer()
    let answer = try await ask(server, #","response_format":"\#(format)""#)
    #expect(answer.head.headers["content-type"] == "audio/\(format)")
    #expect(try SoundReader.samples(of: answer.body, rate: 24_000) == expected(server))
  }

  @Test(arguments: [("", "audio/mpeg"), (#","response_format":"opus""#, "audio/opus")])
  func `files with loss are as long`(members: String, type: String) async throws {
    let server = try TestServer()
    let answer = try await ask(server, members)
    #expect(answer.head.headers["content-type"] == type)
    let samples = try SoundReader.samples(of: answer.body, rate: 24_000)
    let length = try expected(server).count
    // MPEG pads to whole frames, before and behind.
    #expect(abs(samples.count - length) < 4 * 1152, "\(samples.count) \(length)")
  }

  @Test func `in events it is the same, with an end`() async throws {
    let server = try TestServer()
    let answer = try await ask(server, #","response_format":"pcm","stream_format":"sse""#)
    #expect(answer.head.headers["content-type"] == "text/event-stream")
    var reader = try #require(ServiceProtocol.openAI.requests).reader(
      SoundHead(contentType: "text/event-stream"), form: .samples, settings: TurnSettings(),
      rate: 24_000)
    let parts = try reader.read(answer.body) + reader.finish()
    let samples = parts.flatMap { part -> [Int16] in
      if case .samples(let samples, _) = part { samples } else { [] }
    }
    #expect(try samples == expected(server))
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.contains(#""input_tokens":\#(Self.text.unicodeScalars.count)"#))
  }

  @Test(arguments: [
    (#","speed":1.5"#, 1.5), ("", 1),
    // As near as the engine can.
    (#","speed":4"#, ToneEngine().speedRange.upperBound),
    (#","speed":0.25"#, ToneEngine().speedRange.lowerBound),
  ])
  func `the pace is that which was asked for`(members: String, speed: Double) async throws {
    let server = try TestServer()
    let answer = try await ask(server, #","response_format":"pcm"\#(members)"#, text: "One two.")
    #expect(try answer.body.samples == tones("One two.", speed: speed))
  }

  @Test func `what the core refuses is told in the words of the API`() async throws {
    let server = try TestServer()
    let answer = try await server.ask(
      "POST", "/v1/audio/speech", #"{"model":"tts-1","voice":"nobody","input":"Hi."}"#)
    #expect(answer.head.status == 404)
    #expect(
      String(decoding: answer.body, as: UTF8.self).hasPrefix(
        #"{"error":{"message":"Voice not found","type":"invalid_request_error""#))
  }

  @Test func `longer texts are taken where that is allowed`() async throws {
    let long = String(repeating: "a. ", count: 1400)
    let usual = try TestServer()
    #expect(try await ask(usual, "", text: long).head.status == 400)
    let open = try TestServer { $0.openAICharacters = 5000 }
    let answer = try await ask(open, #","response_format":"pcm""#, text: long)
    #expect(answer.head.status == 200 && !answer.body.isEmpty)
  }
}

extension [UInt8] {
  /// As little-endian samples.
  fileprivate var samples: [Int16] {
    stride(from: 0, to: count - 1, by: 2).map {
      Int16(bitPattern: UInt16(self[$0]) | UInt16(self[$0 + 1]) << 8)
    }
  }
}
