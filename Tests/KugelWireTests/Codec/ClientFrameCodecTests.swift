import Testing

@testable import KugelWire

struct ClientFrameCodecTests {
  private func decode(
    _ text: String, at endpoint: Endpoint = .stream
  ) throws(ServiceError) -> ClientFrame {
    try KugelCodec.decodeClientFrame(Array(text.utf8), at: endpoint)
  }

  private func encode(_ frame: ClientFrame, at endpoint: Endpoint = .stream) -> String? {
    KugelCodec.encode(frame, at: endpoint).map { String(decoding: $0, as: UTF8.self) }
  }

  private var everySetting: TurnSettings {
    var settings = TurnSettings()
    settings.voice = .id(7)
    settings.model = "kugel-3.5"
    settings.cfgScale = 2
    settings.temperature = 0.4
    settings.maxNewTokens = 2048
    settings.sampleRate = 24_000
    settings.outputFormat = .ulaw8000
    settings.normalize = true
    settings.language = "en"
    settings.wordTimestamps = true
    settings.speed = 1.1
    settings.speakerPrefix = true
    settings.projectID = 12
    settings.dictionaryIDs = []
    settings.flushTimeoutMilliseconds = 500
    settings.maxBufferLength = 1000
    settings.chunkLengthSchedule = [5, 80, 150, 250]
    settings.autoMode = true
    settings.optimizeStreamingLatency = true
    settings.diffusionSteps = 4
    settings.pitch = 40
    return settings
  }

  @Test func `a frame says only what is set`() {
    var settings = TurnSettings()
    settings.voice = .handle("anna")
    settings.dictionaryIDs = []
    #expect(
      encode(ClientFrame(text: "Hel\"lo ", settings: settings))
        == #"{"text":"Hel\"lo ","voice_id":"anna","dictionary_ids":[]}"#)
    #expect(encode(.flush) == #"{"flush":true}"#)
    #expect(encode(.close) == #"{"close":true}"#)
    #expect(encode(.cancel) == #"{"cancel":true}"#)
    #expect(encode(.closeSocket) == #"{"close_socket":true}"#)
    var update = SettingsUpdate()
    update.speed = 1.1
    #expect(encode(.update(update)) == #"{"update_settings":{"speed":1.1}}"#)
    #expect(encode(ClientFrame()) == nil)
  }

  @Test func `what a client writes a service reads`() throws {
    var frame = ClientFrame(text: "Grüße 🙂", settings: everySetting, flush: true)
    frame.cancel = true
    frame.close = true
    frame.closeSocket = true
    frame.update = SettingsUpdate()
    frame.update?.cfgScale = 1.5
    frame.update?.temperature = 0
    frame.update?.speed = 0.9
    frame.update?.maxNewTokens = 9
    frame.update?.language = "de"
    frame.update?.normalize = false
    #expect(try decode(encode(frame) ?? "") == frame)
  }

  @Test func `a request is a turn of its own and has no words for the end of one`() throws {
    var settings = everySetting
    let text = encode(ClientFrame(text: "Hi.", settings: settings, flush: true), at: .tts) ?? ""
    #expect(!text.contains("flush"))
    (settings.flushTimeoutMilliseconds, settings.maxBufferLength) = (nil, nil)
    (settings.chunkLengthSchedule, settings.autoMode) = (nil, nil)
    #expect(
      try decode(text, at: .tts) == ClientFrame(text: "Hi.", settings: settings, flush: true))
    #expect(encode(.close, at: .tts) == nil)
    #expect(encode(.cancel, at: .tts) == #"{"cancel":true}"#)
    #expect(try decode(#"{"cancel":true,"close":true}"#, at: .tts) == .cancel)
  }

  @Test func `a context's own settings are nested`() throws {
    var frame = ClientFrame(text: " ")
    frame.context = "n"
    frame.settings.sampleRate = 24_000
    frame.settings.inactivityTimeoutSeconds = 20
    frame.contextSettings.voice = .id(7)
    frame.contextSettings.cfgScale = 2
    frame.contextSettings.maxNewTokens = 2048
    let text = encode(frame, at: .multi) ?? ""
    #expect(
      text == #"{"text":" ","context_id":"n","sample_rate":24000,"inactivity_timeout":20.0,"#
        + #""voice_settings":{"voice_id":7,"cfg_scale":2.0,"max_new_tokens":2048}}"#)
    #expect(try decode(text, at: .multi) == frame)

    var moved = ClientFrame(text: " ")
    moved.context = "n"
    moved.settings = frame.settings
    moved.settings.voice = .id(7)
    moved.settings.cfgScale = 2
    moved.settings.maxNewTokens = 2048
    #expect(encode(moved, at: .multi) == text)
  }

  @Test func `a voice outside voice_settings is the session's, not the context's`() throws {
    let frame = try decode(
      #"{"text":"a","context_id":"c","voice_id":7,"voice_settings":{"speed":9,"stability":1}}"#,
      at: .multi)
    #expect(frame.settings.voice == .id(7))
    #expect(frame.contextSettings.isEmpty)
    #expect(try decode(#"{"text":"","voice_id":7}"#, at: .multi).context == nil)
  }

  @Test func `what ends contexts is read and written`() throws {
    var frame = ClientFrame()
    frame.context = "c"
    frame.closeContext = true
    frame.immediate = true
    #expect(
      encode(frame, at: .multi) == #"{"context_id":"c","close_context":true,"immediate":true}"#)
    #expect(try decode(encode(frame, at: .multi) ?? "", at: .multi) == frame)
    #expect(try decode(#"{"keep_alive":true,"context_id":"c"}"#, at: .multi).keepAlive)
  }

  @Test func `several SDKs' habits are read alike`() throws {
    #expect(try decode(#"{"end_session":true}"#) == .close)
    #expect(try decode(#"{"text":"a","flush":false,"type":"text","later":{"x":[1]}}"#).text == "a")
    #expect(
      try decode(#"{"text":"a","flush":null,"speed":null,"voice_id":null}"#)
        == ClientFrame(text: "a"))
    #expect(try decode(#"{"model":"kugel-2"}"#).settings.model == "kugel-2")
    #expect(try decode(#"{"sample_rate":24000.0,"cfg_scale":2}"#).settings.sampleRate == 24_000)
    #expect(try decode(#"{"voice_id":"7"}"#).settings.voice == .id(7))
    #expect(try decode(#"{"text":"\ud83d\ude00 é"}"#).text == "😀 é")
  }

  @Test func `half of an escaped pair becomes a replacement character`() throws {
    #expect(try decode(#"{"text":"a\ud83d"}"#).text == "a\u{FFFD}")
    #expect(try decode(#"{"text":"\uDE00b"}"#).text == "\u{FFFD}b")
    #expect(try decode(#"{"text":"\ud83d\ud83d\ude00"}"#).text == "\u{FFFD}😀")
    #expect(try decode(#"{"text":"\\ud83d"}"#).text == #"\ud83d"#)
    #expect(try decode(#"{"text":"\ud83d\u0041"}"#).text == "\u{FFFD}A")
  }

  @Test(arguments: [
    ("{", "Invalid JSON body"), ("", "Invalid JSON body"),
    ("[1]", "Invalid request: the message must be a JSON object"),
    (#"{"text":7}"#, "Invalid request: text must be a string"),
    (#"{"speed":"fast"}"#, "Invalid request: speed must be a number"),
    (#"{"speed":true}"#, "Invalid request: speed must be a number"),
    (#"{"max_new_tokens":1.5}"#, "Invalid request: max_new_tokens must be an integer"),
    (#"{"voice_id":{}}"#, "Invalid request: voice_id must be an integer or a string"),
    (#"{"flush":"yes"}"#, "Invalid request: flush must be true or false"),
    (#"{"dictionary_ids":[1,"a"]}"#, "Invalid request: dictionary_ids must be a list of integers"),
    (
      #"{"model":"a","model_id":"a"}"#, "Invalid request: model and model_id must not both be given"
    ),
    (#"{"update_settings":7}"#, "Invalid settings update: update_settings must be an object"),
    (#"{"update_settings":{"speed":"x"}}"#, "Invalid settings update: speed must be a number"),
  ])
  func `a bad message is answered with what is wrong`(text: String, message: String) {
    let error = #expect(throws: ServiceError.self) { try decode(text) }
    #expect(error?.message == message && error?.name == "VALIDATION_ERROR" && error?.code == 400)
    #expect(error?.refusesUpdate == message.hasPrefix("Invalid settings update"))
  }

  @Test func `an unknown format is answered with the known ones`() {
    #expect {
      try decode(#"{"output_format":"mp3"}"#)
    } throws: { error in
      (error as? ServiceError)?.message.contains("pcm_24000") == true
    }
  }

  @Test func `an update remembers what it must not carry`() throws {
    let update = try decode(#"{"update_settings":{"voice_id":8,"speed":1,"x":2}}"#).update
    #expect(update?.forbidden == ["voice_id"])
    #expect(update?.speed == 1)
  }
}
