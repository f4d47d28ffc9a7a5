import Testing

@testable import KugelText
@testable import KugelWire

@Suite struct ElevenLabsCodecTests {
  private func json(_ frame: ClientFrame) -> String? {
    ElevenLabsCodec.encode(frame).map { String(decoding: $0, as: UTF8.self) }
  }

  private func decode(
    _ messages: String..., format: OutputFormat = .pcm24000
  ) -> [ServiceDecoding] {
    var decoder = ElevenLabsDecoder(format: format)
    var audio = AudioDecoder()
    return messages.map { decoder.decode(Array($0.utf8), audio: &audio) }
  }

  private func sound(_ samples: [Int16], index: Int = 0, chunk: Int = 0) -> ServiceMessage {
    .audio(AudioFrame(samples: samples, rate: 24_000, index: index, chunk: chunk))
  }

  private func frames(_ messages: ServiceMessage..., context: String? = "a") -> ServiceDecoding {
    .frames(messages.map { ServiceFrame($0, context: context) })
  }

  // MARK: What a client says

  @Test func `a context is opened with a lone space and its settings`() {
    #expect(
      json(ClientFrame.opening("a", settings: TurnSettings()))
        == #"{"text":" ","context_id":"a"}"#)
    var settings = TurnSettings()
    settings.speed = 1.1
    settings.voiceCharacter.stability = 0.5
    settings.voiceCharacter.speakerBoost = false
    settings.chunkLengthSchedule = [50, 90]
    #expect(
      json(ClientFrame.opening("a", settings: settings))
        == #"{"text":" ","context_id":"a","voice_settings":{"stability":0.5,"use_speaker_boost":false,"#
        + #""speed":1.1},"generation_config":{"chunk_length_schedule":[50,90]}}"#)
  }

  @Test func `text, flush, close and keep-alive have their words`() {
    var frame = ClientFrame(text: "Hi ")
    frame.context = "a"
    #expect(json(frame) == #"{"text":"Hi ","context_id":"a"}"#)
    frame = .flush
    frame.context = "a"
    #expect(json(frame) == #"{"context_id":"a","flush":true}"#)
    frame = ClientFrame()
    frame.context = "a"
    frame.keepAlive = true
    #expect(json(frame) == #"{"text":"","context_id":"a"}"#)
    (frame.keepAlive, frame.closeContext) = (false, true)
    #expect(json(frame) == #"{"context_id":"a","close_context":true}"#)
    #expect(json(.closeSocket) == #"{"close_socket":true}"#)
    #expect(json(ClientFrame()) == nil)
  }

  @Test func `what is no setting of a context is in the address`() throws {
    let address = try EndpointAddress(url: "https://x.test/base/")
    var settings = TurnSettings()
    settings.voice = .handle("a b")
    #expect(
      address.elevenLabsTarget(settings) == "/base/v1/text-to-speech/a%20b/multi-stream-input"
        + "?model_id=eleven_flash_v2_5&output_format=pcm_24000&inactivity_timeout=180")
    settings.model = "eleven_turbo_v2_5"
    settings.sampleRate = 16_000
    (settings.language, settings.normalize, settings.autoMode) = ("de", false, true)
    settings.readsMarkup = true
    #expect(
      address.elevenLabsTarget(settings).hasSuffix(
        "?model_id=eleven_turbo_v2_5&output_format=pcm_16000&inactivity_timeout=180"
          + "&language_code=de&apply_text_normalization=off&auto_mode=true&enable_ssml_parsing=true"
      ))
  }

  @Test func `regions have their hosts`() throws {
    for (region, host) in [
      (nil, "api.elevenlabs.io"), ("us", "api.us.elevenlabs.io"),
      ("eu", "api.eu.residency.elevenlabs.io"),
    ] {
      #expect(
        try EndpointAddress.resolve(url: nil, region: region, key: nil, of: .elevenLabs).host
          == host)
    }
  }

  // MARK: What a service says

  @Test(arguments: [
    (#"["a","\n","\"","\\","\/","\t","\r","é","...","x"]"#, 10, true),
    (#"["a\n"]"#, 1, false), (#"["\u0041"]"#, 1, false), (#"["\q"]"#, 1, false),
    (#"["\""]"#, 1, true),
    (#"[" ","  "]"#, 2, true), (#"[]"#, 0, false), (#"["a"]"#, 2, false), (#"["a]"#, 1, false),
  ])
  func `characters are scanned as the general decoder reads them`(
    chars: String, count: Int, isScanned: Bool
  ) {
    let numbers = Array(repeating: "7", count: count).joined(separator: ",")
    let times =
      #"{"chars":\#(chars),"charStartTimesMs":[\#(numbers)],"charDurationsMs":[\#(numbers)]}"#
    let none = "null"
    for (aligned, normalized) in [(times, none), (none, times), (times, times)] {
      let message = Array(
        #"{"audio":null,"normalizedAlignment":\#(normalized),"alignment":\#(aligned),"contextId":"a"}"#
          .utf8)
      let taken = unsafe message.withUnsafeBufferPointer {
        unsafe ContextFrameScanner.scan($0) != nil
      }
      #expect(taken == isScanned)
      var (quick, slow) = (
        ElevenLabsDecoder(format: .pcm24000), ElevenLabsDecoder(format: .pcm24000)
      )
      var (one, other) = (AudioDecoder(), AudioDecoder())
      let general = unsafe message.withUnsafeBufferPointer {
        unsafe slow.decodeAny($0, &other)
      }
      #expect(
        quick.decode(message, audio: &one) == general, "\(String(decoding: message, as: UTF8.self))"
      )
    }
  }

  /// Each byte is a sample, and one is left at the end.
  private final class Doubled: SoundFileDecoder {
    func samples(of bytes: [UInt8]) -> [Int16]? { bytes == [0xFF] ? nil : bytes.map { Int16($0) } }
    func rest() -> [Int16]? { [99] }
  }

  @Test func `a file is decoded as it comes, each context's for itself`() {
    var decoder = ElevenLabsDecoder(format: .mp3Of128)
    var audio = AudioDecoder(files: { _ in Doubled() })
    let read = { (text: String) in decoder.decode(Array(text.utf8), audio: &audio) }
    let sound = { (samples: [Int16], index: Int) in
      ServiceMessage.audio(AudioFrame(samples: samples, rate: 44_100, index: index, chunk: 0))
    }
    #expect(read(#"{"audio":"AQI=","contextId":"a"}"#) == frames(sound([1, 2], 0)))
    #expect(read(#"{"audio":"Aw==","contextId":"b"}"#) == frames(sound([3], 0), context: "b"))
    #expect(
      read(#"{"audio":null,"isFinal":true,"contextId":"a"}"#)
        == frames(
          sound([99], 1),
          .chunkComplete(chunk: 0, audioSeconds: 3 / 44_100, generationMilliseconds: 0),
          .contextClosed(usage: nil)))
    for broken in [#"{"audio":"/w==","contextId":"b"}"#, #"{"audio":"?","contextId":"b"}"#] {
      guard case .malformed = read(broken) else {
        Issue.record("it was read")
        continue
      }
    }
  }

  @Test func `timings begin a chunk, with text, sound and words in this order`() {
    let first =
      #"{"audio":"AQACAA==","isFinal":null,"normalizedAlignment":null,"contextId":"a","alignment":"#
      + #"{"chars":["H","i"," ","y","o"],"charStartTimesMs":[0,10,20,20,30],"#
      + #""charDurationsMs":[10,10,0,10,15]}}"#
    let second = #"{"audio":"AwA=","isFinal":null,"alignment":null,"contextId":"a"}"#
    let last = #"{"audio":null,"isFinal":true,"contextId":"a"}"#
    let words = [
      WordTime(
        word: "Hi", startMilliseconds: 0, endMilliseconds: 20, characterStart: 0, characterEnd: 2),
      WordTime(
        word: "yo", startMilliseconds: 20, endMilliseconds: 45, characterStart: 3, characterEnd: 5),
    ]
    #expect(
      decode(first, second, last) == [
        frames(
          .generationStarted(chunk: 0, text: "Hi yo"), sound([1, 2]), .wordTimes(words, chunk: 0)),
        frames(sound([3], index: 1)),
        frames(
          .chunkComplete(chunk: 0, audioSeconds: 3.0 / 24_000, generationMilliseconds: 0),
          .contextClosed(usage: nil)),
      ])
  }

  @Test func `the next timings end the chunk before`() {
    let piece =
      #"{"audio":"AQA=","context_id":"a","alignment":"#
      + #"{"chars":["x"],"charsStartTimesMs":[0],"charsDurationsMs":[5]}}"#
    guard case .frames(let second) = decode(piece, piece)[1] else {
      Issue.record("nothing was read")
      return
    }
    #expect(
      second.prefix(3).map(\.message) == [
        .chunkComplete(chunk: 0, audioSeconds: 1.0 / 24_000, generationMilliseconds: 0),
        .generationStarted(chunk: 1, text: "x"), sound([1], index: 1, chunk: 1),
      ])
  }

  @Test func `sound without timings, in halves and with its end`() {
    #expect(
      decode(
        #"{"audio":"AQAC","contextId":"a"}"#, #"{"audio":"AA==","is_final":true,"contextId":"a"}"#)
        == [
          frames(sound([1])),
          frames(
            sound([2], index: 1),
            .chunkComplete(chunk: 0, audioSeconds: 2.0 / 24_000, generationMilliseconds: 0),
            .contextClosed(usage: nil)),
        ])
    #expect(
      decode(#"{"audio":"/w==","contextId":"a"}"#, format: .ulaw8000) == [
        frames(.audio(AudioFrame(samples: [0], rate: 8000, index: 0, chunk: 0)))
      ])
  }

  @Test(arguments: [
    #"{"type":"flush_done","context_id":"a","done":false,"data":""}"#, "{}",
    #"{"audio":"","isFinal":false,"contextId":"a","alignment":{"chars":[],"charStartTimesMs":[],"charDurationsMs":[]}}"#,
  ])
  func `what says nothing is passed over`(message: String) {
    #expect(decode(message) == [.unknown])
  }

  @Test(arguments: [
    ("[]", "JSON that is not an object"), ("{", "text that is not JSON"),
    (#"{"audio":"?"}"#, "a message whose audio is not base64"),
    (#"{"audio":7}"#, "a message whose audio is not a string"),
    (
      #"{"alignment":{"chars":["x"],"charStartTimesMs":[]}}"#,
      "a message whose alignment is not as many times as characters"
    ),
  ])
  func `what breaks the protocol is named`(message: String, what: String) {
    #expect(decode(message) == [.malformed(what)])
  }

  @Test(arguments: [
    ("invalid_api_key", 1008, 401), ("voice_id_does_not_exist", 1008, 404),
    ("quota_exceeded", 1008, 402), ("max_active_conversations", 1008, 429),
    ("input_timeout_exceeded", 1008, 408), ("something_new", 1008, 400),
    ("something_new", 1011, 500),
  ])
  func `errors have the number of their kind`(name: String, close: Int, code: Int) {
    #expect(
      decode(#"{"message":"No.","error":"\#(name)","code":\#(close)}"#) == [
        .frame(ServiceFrame(.error(ServiceError("No.", name: name, code: code))))
      ])
  }

  @Test func `an error in an HTTP answer is read`() {
    let body =
      #"{"detail":{"type":"authentication_error","code":"invalid_api_key","message":"No.","request_id":"r"}}"#
    let failure = ServiceFailure.http(status: 400, body: Array(body.utf8))
    #expect(failure.kind == .refused && failure.cause.contains("No.") && failure.requestID == "r")
    let old = #"{"detail":{"status":"voice_not_found","message":"No voice."}}"#
    #expect(ServiceFailure.http(status: 404, body: Array(old.utf8)).kind == .notFound)
    let unknown = ServiceFailure.http(status: 422, body: Array(#"{"detail":{}}"#.utf8))
    #expect(unknown.kind == .invalidRequest && unknown.number == 422)
  }

  @Test func `voices keep their ids, names and languages`() throws {
    let body = """
      {"voices":[{"voice_id":"JBFq","name":"George","labels":{"gender":"male","language":"en"},
      "verified_languages":[{"language":"en"},{"language":"de"}]},
      {"voice_id":"480","name":"Ada","labels":{"gender":null}}],"has_more":false}
      """
    let list = try #require(ElevenLabsVoices(body: Array(body.utf8)))
    var george = Voice(
      id: 1, name: "George", languages: ["en", "de"], sex: .male, handle: "JBFq")
    var ada = Voice(id: 2, name: "Ada", languages: [], handle: "480")
    (george.isCalledByHandle, ada.isCalledByHandle) = (true, true)
    #expect(list.voices == [george, ada])
    #expect(ada.reference == .handle("480"))
    #expect(ElevenLabsVoices(body: Array("[]".utf8)) == nil)
    // As services answer that speak several protocols, and are shown no key.
    let other = Array(#"{"voices":[{"id":7,"name":"Ida","supported_languages":["de"]}]}"#.utf8)
    let codec = ServiceProtocol.elevenLabs.codec
    #expect(codec.voices(other, language: "de")?.voices.map(\.name) == ["Ida"])
    #expect(codec.voices(other, language: "fr")?.voices.isEmpty == true)
  }
}
