import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

@Suite struct ContextCallTests {
  private func reply(
    _ method: String, _ path: String, _ body: String = "", query: [(String, String)] = [],
    headers: [String: String] = ["xi-api-key": "k"]
  ) -> ServiceAPI.Reply {
    let voice = ListedVoice(
      id: 7, name: "Anna", description: "Anna, spoken by tone", sex: .female, languages: ["en"],
      engineVoice: 1)
    let other = ListedVoice(
      id: 8, name: "Berta", description: "Berta, spoken by tone", sex: nil, languages: ["de"],
      engineVoice: 2)
    let api = ServiceAPI(
      voices: ListedVoices([voice, other]), access: AccessControl(keys: ["k"]))
    var store = DictionaryStore()
    let call = APIRequest(
      method, path, query: QueryItems(query.map { (name: $0.0, value: $0.1) }), headers: headers,
      body: Array(body.utf8))
    let situation = ServiceAPI.Situation(isReady: true, engine: "tone", metrics: "", now: 0)
    return api.reply(to: call, dictionaries: &store, in: situation)
  }

  private func answer(_ reply: ServiceAPI.Reply) -> (status: Int, body: String) {
    guard case .answer(let answer) = reply else { return (0, "") }
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test(arguments: [
    ("", ContextCall.Form.bytes), ("/stream", .bytes), ("/with-timestamps", .object),
    ("/stream/with-timestamps", .lines),
  ])
  func `a text is spoken in the form of its path, at both places`(
    path: String, form: ContextCall.Form
  ) throws {
    for base in ["", "/11labs"] {
      let reply = reply(
        "POST", "\(base)/v1/text-to-speech/7\(path)",
        #"{"text":"Hello.","voice_settings":{"speed":1.1},"model_id":"m","seed":null}"#,
        query: [("output_format", "pcm_16000")])
      guard case .context(let call) = reply else {
        Issue.record("not spoken: \(reply)")
        return
      }
      #expect(call.text == "Hello." && call.form == form && call.settings.voice == .id(7))
      #expect(call.settings.sampleRate == 16_000 && call.settings.speed == 1.1)
      #expect(call.head.header("character-cost") == "6")
      #expect(
        call.head.header("content-type") == (form == .bytes ? "audio/pcm" : "application/json"))
    }
  }

  @Test(arguments: [
    ("mp3_44100_128", false, SpokenFormat.Codec.mp3, 44_100), ("mp3_22050_32", true, .mp3, 22_050),
    ("opus_48000_64", true, .opus, 48_000), ("pcm_48000", true, .pcm, 48_000),
    ("wav_24000", false, .wav, 24_000), ("ulaw_8000", true, .ulaw, 8000),
    ("mp3_44100", true, .mp3, 44_100),
  ])
  func `formats are known by their tokens`(
    token: String, isStreamed: Bool, codec: SpokenFormat.Codec, rate: Int
  ) throws {
    let format = try SpokenFormat.asked(token, isStreamed: isStreamed)
    #expect(format.codec == codec && format.rate == rate)
  }

  @Test(arguments: ["mp3_44100_100", "pcm_11025", "pcm", "pcm_24000_16", "ogg_48000", "ulaw_16000"])
  func `other tokens are refused by their parameter`(token: String) {
    let told = answer(
      reply("POST", "/v1/text-to-speech/7", #"{"text":"Hi."}"#, query: [("output_format", token)]))
    #expect(told.status == 400 && told.body.contains(#""param":"output_format""#))
  }

  @Test func `a file with its length in front cannot be streamed`() {
    #expect(throws: ServiceError.self) { try SpokenFormat.asked("wav_24000", isStreamed: true) }
  }

  @Test func `what is wrong is told in its own words`() {
    let missing = answer(reply("POST", "/v1/text-to-speech/7", "{}"))
    #expect(missing.status == 422 && missing.body.contains(#""loc":["body","text"]"#))
    #expect(answer(reply("POST", "/v1/text-to-speech/7", "nonsense")).status == 422)
    let refused = answer(
      reply("POST", "/v1/text-to-speech/7", #"{"text":"Hi."}"#, headers: ["xi-api-key": "x"]))
    #expect(refused.status == 401 && refused.body.contains(#""status":"invalid_api_key""#))
    let unknown = answer(reply("GET", "/v1/voices/nobody"))
    #expect(unknown.status == 404 && unknown.body.contains(#""code":"voice_not_found""#))
  }

  @Test func `lists are ElevenLabs' where its key is shown, and at its own path`() {
    let own = answer(reply("GET", "/v1/voices"))
    #expect(own.body.contains(#""voice_id":"7""#) && own.body.contains(#""category":"premade""#))
    let bearer = ["authorization": "Bearer k"]
    #expect(answer(reply("GET", "/v1/voices", headers: bearer)).body.contains(#""voice_id":7"#))
    let there = answer(reply("GET", "/11labs/v1/voices", headers: bearer))
    #expect(there.body.contains(#""voice_id":"7""#))
    #expect(answer(reply("GET", "/v1/models")).body.hasPrefix("["))
    #expect(answer(reply("GET", "/11labs/health", headers: [:])).status == 200)
    let page = answer(reply("GET", "/v2/voices", query: [("page_size", "1")]))
    #expect(page.body.contains(#""has_more":true"#) && page.body.contains(#""total_count":2"#))
    #expect(page.body.contains(#""next_page_token":"1""#))
    let last = answer(
      reply("GET", "/v2/voices", query: [("page_size", "1"), ("next_page_token", "1")]))
    #expect(last.body.contains("Berta") && last.body.contains(#""next_page_token":null"#))
    let found = answer(reply("GET", "/v2/voices", query: [("search", "ann")]))
    #expect(found.body.contains("Anna") && !found.body.contains("Berta"))
  }

  @Test func `characters are timed from the beginning of all`() {
    var text = TimedText()
    #expect(!text.hasNews && text.takeNews() == nil)
    text.begin("Hi.", at: 0, rate: 1000)
    text.add([
      WordTime(
        word: "Hi", startMilliseconds: 10, endMilliseconds: 30, characterStart: 0, characterEnd: 2)
    ])
    let first = TimedCharacters(
      characters: ["H", "i", ".", " "], starts: [10, 20, 30, 30], ends: [20, 30, 30, 30])
    #expect(text.hasNews && text.takeNews() == first && !text.hasNews)
    text.begin("A", at: 500, rate: 1000)
    text.add([
      WordTime(
        word: "A", startMilliseconds: 0, endMilliseconds: 40, characterStart: 0, characterEnd: 1)
    ])
    #expect(
      text.takeNews()
        == TimedCharacters(characters: ["A", " "], starts: [500, 540], ends: [540, 540]))
    #expect(
      String(decoding: ElevenLabsTimes.object([1], nil), as: UTF8.self)
        == #"{"audio_base64":"AQ==","alignment":null,"normalized_alignment":null}"#)
  }
}
