import KugelServiceCore
import KugelWire
import Testing

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct OpenAIAnswerTests {
  @Test func `an error is written as the API has it`() {
    #expect(
      text(OpenAIError("too long", parameter: "input", code: "string_too_long").body)
        == #"{"error":{"message":"too long","type":"invalid_request_error","param":"input","#
        + #""code":"string_too_long"}}"#)
    #expect(
      text(OpenAIError(.rateLimited).body)
        == #"{"error":{"message":"Rate limit exceeded","type":"requests","param":null,"#
        + #""code":"rate_limit_exceeded"}}"#)
  }

  /// What a client makes of events.
  private func read(_ events: [UInt8]) throws -> [SoundPart] {
    var reader = try #require(ServiceProtocol.openAI.requests).reader(
      SoundHead(contentType: "text/event-stream"), form: .samples, settings: TurnSettings(),
      rate: 24_000)
    return try reader.read(events) + reader.finish()
  }

  @Test func `events that are written are read`() throws {
    let sound = [UInt8](repeating: 1, count: 600)
    let parts = try read(OpenAIEvents.delta(sound) + OpenAIEvents.done(characters: 3))
    #expect(parts == [.samples([Int16](repeating: 257, count: 300), rate: 24_000)])
    #expect(throws: SpeechReplyError.refused(ServiceError("busy", name: "server_error", code: 0))) {
      try read(OpenAIEvents.failed(ServiceError("busy", name: "", code: 500)))
    }
  }
}

@Suite struct OpenAISpeechCallTests {
  private func call(_ body: String, limit: Int = 10) throws(OpenAIError) -> OpenAISpeechCall {
    try OpenAISpeechCall(Array(body.utf8), limit: limit)
  }

  @Test func `a call is read, and what nobody knows passed over`() throws {
    let full = try call(
      #"{"model":"m","input":"Hi.","voice":{"id":"v"},"response_format":"pcm","speed":2,"#
        + #""stream_format":"sse","lang_code":"a","instructions":"x","language":"de"}"#)
    #expect(full.model == "m" && full.input == "Hi." && full.voice == "v")
    #expect(full.format == .pcm && full.speed == 2 && full.isEvents && full.language == "de")
    let least = try call(#"{"model":"m","input":"Hi.","voice":"v"}"#)
    #expect(least.format == .mp3 && least.speed == 1 && !least.isEvents && least.language == nil)
  }

  @Test(
    arguments: [
      (#"{"input":"Hi.","voice":"v"}"#, "model", "missing_required_parameter"),
      (#"{"model":"m","voice":"v"}"#, "input", "missing_required_parameter"),
      (#"{"model":"m","input":"Hi."}"#, "voice", "missing_required_parameter"),
      (#"{"model":"m","input":" ","voice":"v"}"#, "input", "string_too_short"),
      (#"{"model":"m","input":"12345678901","voice":"v"}"#, "input", "string_too_long"),
      (
        #"{"model":"m","input":"Hi.","voice":"v","response_format":"ogg"}"#, "response_format",
        "invalid_value"
      ),
      (
        #"{"model":"m","input":"Hi.","voice":"v","stream_format":"x"}"#, "stream_format",
        "invalid_value"
      ),
      (#"{"model":"m","input":"Hi.","voice":"v","speed":4.1}"#, "speed", "invalid_value"),
      (#"{"model":1,"input":"Hi.","voice":"v"}"#, "model", nil), ("[]", nil, nil), ("{", nil, nil),
    ] as [(String, String?, String?)])
  func `a mistake names its field`(body: String, parameter: String?, code: String?) {
    do throws(OpenAIError) {
      _ = try call(body)
      Issue.record("taken")
    } catch {
      #expect(error.status == 400)
      #expect(error.parameter == parameter)
      #expect(error.code == code)
    }
  }
}
