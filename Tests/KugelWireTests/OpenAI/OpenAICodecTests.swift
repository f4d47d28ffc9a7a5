import KugelText
import Testing

@testable import KugelWire

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct OpenAICodecTests {
  private func settings(_ changes: String...) throws -> TurnSettings {
    var settings = TurnSettings()
    for change in changes {
      settings.apply(
        try SettingChange(change, offer: .openAI, among: SettingKey.ofSession))
    }
    return settings
  }

  @Test func `a request says what was asked for, and names a model and a voice always`() throws {
    let plain = OpenAICodec.encode("Hi \"you\".", settings: TurnSettings(), form: .samples)
    #expect(
      text(plain)
        == #"{"model":"tts-1","input":"Hi \"you\".","voice":"alloy","response_format":"pcm"}"#)
    let all = try settings(
      "model=kokoro", "voice=af_bella(2)+af_sky(1)", "speed=1.5", "instructions=softly",
      "stream_format=sse", "body.lang_code=a", "body.n=[1, 2]", "body.lang_code=b")
    #expect(
      text(OpenAICodec.encode("Hi.", settings: all, form: .wave))
        == #"{"model":"kokoro","input":"Hi.","voice":"af_bella(2)+af_sky(1)","#
        + #""response_format":"wav","speed":1.5,"instructions":"softly","stream_format":"sse","#
        + #""lang_code":"b","n":[1, 2]}"#)
  }

  @Test func `a member that is set by its name comes in place of ours`() throws {
    let set = try settings("body.response_format=mp3", "body.voice={\"id\":\"x\"}")
    #expect(
      text(OpenAICodec.encode("Hi.", settings: set, form: .samples))
        == #"{"model":"tts-1","input":"Hi.","response_format":"mp3","voice":{"id":"x"}}"#)
  }

  @Test func `a voice of one's own is an object`() throws {
    let own = try settings("voice=voice_12")
    #expect(
      text(OpenAICodec.encode("Hi.", settings: own, form: .samples))
        .contains(#""voice":{"id":"voice_12"}"#))
  }

  @Test(arguments: [
    ("http://h:1", "/v1/audio/speech"), ("http://h:1/", "/v1/audio/speech"),
    ("http://h:1/v1", "/v1/audio/speech"), ("http://h:1/v1/", "/v1/audio/speech"),
    ("https://h/api/v1", "/api/v1/audio/speech"), ("https://h/openai", "/openai/v1/audio/speech"),
    ("https://h/v1/openai", "/v1/openai/audio/speech"),
  ])
  func `bases come with and without v1`(base: String, target: String) throws {
    let request = try #require(ServiceProtocol.openAI.requests).request(
      for: "Hi.", settings: TurnSettings(), form: .samples, at: EndpointAddress(url: base))
    #expect(request.target == target)
    #expect(request.contentType == "application/json")
  }

  @Test(arguments: [
    (400, #"{"error":{"message":"response_format must be wav","param":"response_format"}}"#, true),
    (422, #"{"detail":[{"loc":["body","response_format"],"msg":"no"}]}"#, true),
    (400, #"{"detail":"Unsupported format: pcm"}"#, true),
    (400, #"{"error":{"message":"no such voice: information","param":"voice"}}"#, false),
    (401, #"{"error":{"message":"the format of the key"}}"#, false), (500, "pcm", false),
  ])
  func `a refusal of the format is told from others`(status: Int, body: String, isFormat: Bool)
    throws
  {
    let codec = try #require(ServiceProtocol.openAI.requests)
    #expect(codec.refuses(.samples, status: status, body: Array(body.utf8)) == isFormat)
    #expect(!codec.refuses(.wave, status: status, body: Array(body.utf8)))
  }

  @Test(arguments: [
    (
      #"{"error":{"message":"bad key","type":"invalid_request_error","code":"invalid_api_key"}}"#,
      401, "bad key", "invalid_api_key"
    ),
    (
      #"{"error":{"message":"none","type":"NotFoundError","param":null,"code":404}}"#, 404, "none",
      "NotFoundError"
    ),
    (#"{"detail":"no such voice"}"#, 400, "no such voice", ""),
    (#"{"detail":[{"loc":["body"],"msg":"too long","type":"x"}]}"#, 422, "too long", ""),
  ])
  func `errors of all servers are read`(body: String, status: Int, message: String, name: String)
    throws
  {
    let error = try #require(ServiceError(httpBody: Array(body.utf8), status: status))
    #expect(error.message == message)
    #expect(error.name == name)
    #expect(error.code == status)
  }

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

  @Test(
    arguments: [
      (#"{"voices":["a","b"]}"#, ["a", "b"]),
      (#"{"voices":[{"id":"a","name":"A"},"b"]}"#, ["a", "b"]),
      (#"{"voices":["a"],"uploaded_voices":[{"name":"mine"}]}"#, ["a", "mine"]),
      (#"{"voices":[{"voice_id":"a"}]}"#, ["a"]), (#"{"voices":[]}"#, []),
      (#"{"voices":[{}]}"#, nil),
      ("[]", nil), ("no", nil),
    ] as [(String, [String]?)])
  func `lists of voices come in several forms`(body: String, ids: [String]?) throws {
    let page = try #require(ServiceProtocol.openAI.requests).voices(
      Array(body.utf8), language: "de")
    #expect(page?.voices.compactMap(\.handle) == ids)
    #expect(page?.voices.allSatisfy { $0.isCalledByHandle } ?? true)
  }

  @Test(
    arguments: [
      (#"{"object":"list","data":[{"id":"a","object":"model"},{"id":"b"}]}"#, ["a", "b"]),
      (#"{"models":[{"id":"k","model_id":"k"}]}"#, ["k"]), (#"[{"model_id":"e"}]"#, ["e"]),
      (#"{"data":[]}"#, []), (#"{"else":1}"#, nil), ("no", nil),
    ] as [(String, [String]?)])
  func `lists of models come in several forms`(body: String, ids: [String]?) {
    #expect(ModelList(body: Array(body.utf8))?.ids == ids)
  }

  @Test(arguments: [
    ("alloy", true), ("af_bella(2)+af_sky(1)", true), ("voice_1", true), ("af_bella", false),
    ("af", false),
  ])
  func `what need not be looked up is known`(name: String, isKnown: Bool) {
    #expect(ServiceProtocol.openAI.codec.isVoice(name) == isKnown)
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
