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
