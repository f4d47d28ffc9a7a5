import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

@Suite struct OpenAIDoorTests {
  private func reply(
    _ body: String, method: String = "POST", path: String = "/v1/audio/speech",
    keys: [String] = [], door: OpenAIDoor = OpenAIDoor()
  ) -> ServiceAPI.Reply {
    let voices = (1...3).map { id in
      ListedVoice(
        id: id, handle: id == 3 ? nil : "voice-\(id)", name: "V\(id)", description: "d", sex: nil,
        languages: ["en"], engineVoice: id, followsLanguage: id > 1)
    }
    let api = ServiceAPI(
      voices: ListedVoices(voices), access: AccessControl(keys: keys), openAI: door)
    var dictionaries = DictionaryStore()
    return api.reply(
      to: APIRequest(method, path, body: Array(body.utf8)), dictionaries: &dictionaries,
      in: ServiceAPI.Situation(isReady: true, engine: "tone", metrics: "", now: 0))
  }

  private func spoken(
    _ members: String, door: OpenAIDoor = OpenAIDoor()
  ) throws -> (frame: ClientFrame, head: APIResponse, form: SpokenForm) {
    let reply = reply(#"{"model":"tts-1","input":"Hi.","voice":"alloy"\#(members)}"#, door: door)
    guard case .speak(let frame, let head, let form) = reply else { throw Unspoken() }
    return (frame, head, form)
  }

  private struct Unspoken: Error {}

  private func answer(_ reply: ServiceAPI.Reply) -> (status: Int, body: String) {
    guard case .answer(let answer) = reply else { return (0, "") }
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test(arguments: [
    ("", "audio/mpeg", SpokenForm.Coding.file(.mp3)),
    (#","response_format":"opus""#, "audio/opus", .file(.opus)),
    (#","response_format":"flac""#, "audio/flac", .file(.flac)),
    (#","response_format":"wav""#, "audio/wav", .file(.wav)),
    (#","response_format":"pcm""#, "audio/pcm", .bare),
    (#","response_format":"pcm","stream_format":"sse""#, "text/event-stream", .bare),
  ])
  func `the form is that which was asked for`(
    members: String, type: String, coding: SpokenForm.Coding
  ) throws {
    let (frame, head, form) = try spoken(members)
    #expect(frame.text == "Hi." && frame.settings.sampleRate == 24_000)
    #expect(head.header("content-type") == type)
    #expect(form.coding == coding)
    #expect(form.eventsOf == (type == "text/event-stream" ? 3 : nil))
  }

  @Test(arguments: [
    ("alloy", VoiceReference.id(2)), ("ash", .id(3)), ("ballad", .id(2)),
    ("voice-1", .handle("voice-1")),
    ("3", .id(3)), ("nobody", .handle("nobody")),
  ])
  func `OpenAI's names stand for voices that speak any language`(
    name: String, voice: VoiceReference
  ) throws {
    let reply = reply(#"{"model":"kugel-3","input":"Hi.","voice":"\#(name)"}"#)
    guard case .speak(let frame, _, _) = reply else { throw Unspoken() }
    #expect(frame.settings.voice == voice)
  }

  @Test func `a pace beyond the engine's is spoken as near as it can be`() throws {
    let door = OpenAIDoor(speeds: 0.5...2)
    #expect(try spoken(#","speed":4"#, door: door).frame.settings.speed == 2)
    #expect(try spoken(#","speed":0.25"#, door: door).frame.settings.speed == 0.5)
    #expect(try spoken("", door: door).form.speeds == 0.5...2)
  }

  @Test(arguments: [
    (#"{"model":"gpt-9","input":"Hi.","voice":"alloy"}"#, 404, "model_not_found"),
    (
      #"{"model":"tts-1","input":"Hi.","voice":"alloy","response_format":"aac"}"#, 400,
      "unsupported_value"
    ),
    (#"{"model":"tts-1","input":"123456","voice":"alloy"}"#, 400, "string_too_long"),
    ("no", 400, "null"),
  ])
  func `refusals are in the words of the API`(body: String, status: Int, code: String) {
    let told = answer(reply(body, door: OpenAIDoor(characters: 5)))
    #expect(told.status == status)
    #expect(told.body.hasPrefix(#"{"error":{"message":"#))
    #expect(told.body.contains(code))
  }

  @Test func `so are those before a body is read`() {
    let key = answer(reply("", keys: ["k"]))
    #expect(key.status == 401 && key.body.contains(#""code":"invalid_api_key""#))
    let method = answer(reply("", method: "GET"))
    #expect(method.status == 405 && method.body.hasPrefix(#"{"error":{"#))
    let path = answer(reply("", path: "/v1/audio/transcriptions"))
    #expect(path.status == 404 && path.body.hasPrefix(#"{"error":{"#))
  }

  @Test func `voices are listed by the names that they are called by`() {
    let told = answer(reply("", method: "GET", path: "/v1/audio/voices")).body
    #expect(told.hasPrefix(#"{"voices":[{"id":"alloy","name":"V2"},{"id":"ash","name":"V3"}"#))
    #expect(told.contains(#"{"id":"voice-1","name":"V1"}"#))
    #expect(told.hasSuffix(#"{"id":"3","name":"V3"}]}"#))
    #expect(
      OpenAIVoices(body: Array(told.utf8))?.voices.count == OpenAIVoices.usual.count + 3)
  }

  @Test func `models are listed for both protocols`() {
    let told = answer(reply("", method: "GET", path: "/v1/models")).body
    #expect(told.contains(#""models":[{"id":"kugel-3.5""#))
    #expect(told.contains(#""object":"list","data":[{"id":"gpt-4o-mini-tts","object":"model""#))
  }
}
