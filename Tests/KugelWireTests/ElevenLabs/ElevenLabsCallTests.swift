import KugelText
import KugelWire
import Testing

@Suite struct ElevenLabsCallTests {
  private static let address = EndpointAddress(region: .global, of: .elevenLabs)

  private func calls() throws -> any RequestCodec {
    try #require(ServiceProtocol.elevenLabs.alternatives.lazy.compactMap(\.requests).first)
  }

  private func settings(_ change: (inout TurnSettings) -> Void = { _ in }) -> TurnSettings {
    var settings = TurnSettings()
    settings.voice = .handle("JBFqnCBsd6RMkjVDRZzb")
    change(&settings)
    return settings
  }

  // MARK: Asking

  @Test func `the address has the format and the hints, the body the rest`() throws {
    let settings = settings {
      $0.model = "eleven_multilingual_v2"
      $0.language = "de"
      $0.speed = 1.1
      $0.voiceCharacter.stability = 0.3
      $0.normalize = false
      $0.hints.seed = 7
      $0.hints.logging = false
      $0.hints.latency = 2
      $0.hints.dictionaries = PronunciationDictionary.list("d1:v1")
      $0.hints.previousText = "Before."
      $0.hints.nextText = "Behind."
    }
    let request = try calls().request(
      for: "Hi.", settings: settings, form: .timed, at: Self.address)
    #expect(
      request.target
        == "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/stream/with-timestamps?output_format=pcm_24000"
        + "&optimize_streaming_latency=2&enable_logging=false")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"text":"Hi.","model_id":"eleven_multilingual_v2","language_code":"de","#
        + #""voice_settings":{"stability":0.3,"speed":1.1},"pronunciation_dictionary_locators":"#
        + #"[{"pronunciation_dictionary_id":"d1","version_id":"v1"}],"seed":7,"#
        + #""previous_text":"Before.","next_text":"Behind.","apply_text_normalization":"off"}"#)
  }

  @Test func `a model that takes no neighbours is given none`() throws {
    let settings = settings {
      $0.model = "eleven_v3"
      $0.hints.previousText = "Before."
    }
    let request = try calls().request(
      for: "Hi.", settings: settings, form: .samples, at: Self.address)
    #expect(request.target.hasSuffix("/stream?output_format=pcm_24000"))
    #expect(!String(decoding: request.body, as: UTF8.self).contains("previous_text"))
  }

  @Test func `times are asked for unless nobody wants them, and done without where they are not`()
    throws
  {
    let calls = try calls()
    #expect(calls.forms(settings()) == [.timed, .samples])
    #expect(calls.forms(settings { $0.wordTimestamps = false }) == [.samples])
    let noPath = Array(#"{"detail":"Not Found"}"#.utf8)
    let noVoice = Array(#"{"detail":{"code":"voice_not_found","message":"no"}}"#.utf8)
    #expect(calls.refuses(.timed, status: 404, body: noPath))
    #expect(!calls.refuses(.timed, status: 404, body: noVoice))
    #expect(!calls.refuses(.samples, status: 404, body: noPath))
    #expect(!calls.refuses(.timed, status: 400, body: noPath))
  }

  // MARK: The way

  @Test func `a whole text, models without sockets, and neighbours go in requests`() {
    let way = { (change: (inout TurnSettings) -> Void, endpoint: Endpoint) in
      ServiceProtocol.elevenLabs.way(for: settings(change), at: endpoint)
    }
    #expect(way({ _ in }, .stream).kind.socket != nil)
    #expect(way({ _ in }, .stream).reason == nil)
    #expect(way({ _ in }, .tts).reason == .wholeText)
    #expect(way({ $0.model = "eleven_v3" }, .stream).reason == .model("eleven_v3"))
    #expect(way({ $0.model = "eleven_v3" }, .multi).kind.requests != nil)
    #expect(way({ $0.outputFormat = .mp3Of128 }, .stream).reason == nil)
    #expect(way({ $0.outputFormat = .pcm48000 }, .stream).reason == nil)
    #expect(way({ $0.hints.nextText = "x" }, .stream).reason == .neighbours)
    // Such a key opens a socket and nothing else.
    #expect(way({ $0.hints.credential = .token }, .tts).reason == nil)
    #expect(ServiceProtocol.kugelAudio.way(for: settings(), at: .tts).kind.socket != nil)
    for reason: ServiceProtocol.RequestReason in [
      .model("m"), .neighbours,
    ] { #expect(reason.sentence?.isEmpty == false) }
  }

  @Test func `a refused upgrade tells which way is next`() {
    let kind = ServiceProtocol.elevenLabs
    let refusal = { (status: Int, body: String) in
      ServiceFailure.http(status: status, body: Array(body.utf8), atUpgrade: true)
    }
    let model = refusal(400, #"{"detail":{"code":"unsupported_model","message":"no"}}"#)
    #expect(kind.alternative(after: model)?.requests != nil)
    #expect(kind.alternatives[0].alternative(after: model)?.requests != nil)
    #expect(kind.alternative(after: refusal(404, ""))?.socket != nil)
    #expect(kind.alternative(after: refusal(401, "")) == nil)
    #expect(ServiceProtocol.kugelAudio.alternative(after: refusal(404, "")) == nil)
  }

  // MARK: The answer

  private func read(
    _ pieces: [String], form: SoundForm = .timed, type: String? = "application/json",
    _ change: (inout TurnSettings) -> Void = { _ in }
  ) throws(SpeechReplyError) -> [SoundPart] {
    guard let codec = try? calls() else { return [] }
    var reader = codec.reader(
      SoundHead(contentType: type), form: form, settings: settings(change), rate: 24_000)
    var parts: [SoundPart] = []
    for piece in pieces { parts += try reader.read(Array(piece.utf8)) }
    return parts + (try reader.finish())
  }

  private static func line(_ audio: [UInt8], _ text: String = "", from start: Double = 0) -> String
  {
    let characters = text.unicodeScalars.map { "\"\($0)\"" }.joined(separator: ",")
    let times = { (shift: Double) in
      text.unicodeScalars.indices.enumerated()
        .map { "\(start + (Double($0.offset) + shift) / 10)" }.joined(separator: ",")
    }
    let alignment =
      text.isEmpty
      ? "null"
      : #"{"characters":[\#(characters)],"character_start_times_seconds":[\#(times(0))],"#
        + #""character_end_times_seconds":[\#(times(1))]}"#
    return #"{"audio_base64":"\#(Base64.encode(audio))","alignment":\#(alignment),"#
      + #""normalized_alignment":null}"#
  }

  @Test func `lines are sound and words, wherever they and the samples are cut`() throws {
    let whole =
      Self.line([1, 0, 2], "Hi th") + "\n\n" + Self.line([0, 3, 0], "ere.", from: 0.5) + "\n"
    for cut in [1, 7, whole.utf8.count / 2, whole.utf8.count - 1] {
      let bytes = Array(whole.utf8)
      let pieces = [bytes[..<cut], bytes[cut...]].map { String(decoding: $0, as: UTF8.self) }
      let parts = try read(pieces)
      var samples: [Int16] = []
      var words: [WordTime] = []
      for part in parts {
        switch part {
        case .samples(let more, rate: 24_000): samples += more
        case .words(let more): words += more
        default: Issue.record("\(part)")
        }
      }
      #expect(samples == [1, 2, 3])
      #expect(words.map(\.word) == ["Hi", "there."])
      #expect(words.map(\.characterStart) == [0, 3])
      #expect(words.map(\.characterEnd) == [2, 9])
      #expect(words.map(\.startMilliseconds) == [0, 300])
      #expect(words.map(\.endMilliseconds) == [200, 900])
    }
  }

  @Test func `the telephone's codes are decoded, files are handed on`() throws {
    let coded = Self.line([0xFF, 0x7F])
    #expect(try read([coded]) { $0.outputFormat = .ulaw8000 } == [.samples([0, 0], rate: 8000)])
    let file = Self.line(Array("ID3 and so on".utf8))
    #expect(
      try read([file]) { $0.outputFormat = .mp3Of64 } == [.file(Array("ID3 and so on".utf8))])
    #expect(
      try read(["\u{55}"], form: .samples, type: "audio/x-alaw-basic") {
        $0.outputFormat = .alaw8000
      }.count == 1)
  }

  @Test func `bytes are samples of the format's rate`() throws {
    let parts = try read(["abcdefghijkl", "m", "n"], form: .samples, type: "audio/pcm") {
      $0.sampleRate = 48_000
    }
    let count = parts.reduce(0) { sum, part in
      guard case .samples(let samples, rate: 48_000) = part else { return sum }
      return sum + samples.count
    }
    #expect(count == 7)
  }

  @Test(arguments: [
    "<html>", "[1]", #"{"audio_base64":"*"}"#, #"{"audio_base64":7}"#,
    #"{"alignment":{"characters":["a"]}}"#,
  ])
  func `what is no such line is told`(text: String) {
    #expect(throws: SpeechReplyError.self) { try read([text]) }
  }

  @Test func `a refusal in a line is one`() {
    #expect(
      throws: SpeechReplyError.refused(
        ServiceError("No credits.", name: "quota_exceeded", code: 402))
    ) { try read([#"{"detail":{"code":"quota_exceeded","message":"No credits."}}"#]) }
  }

  // MARK: Regions and formats

  @Test func `regions are where a service is`() throws {
    let host = { (region: String, kind: ServiceProtocol) in
      try EndpointAddress.resolve(url: nil, region: region, key: nil, of: kind).host
    }
    #expect(try host("in", .elevenLabs) == "api.in.residency.elevenlabs.io")
    #expect(try host("sg", .elevenLabs) == "api.sg.residency.elevenlabs.io")
    #expect(try host("preview", .elevenLabs) == "api-global-preview.elevenlabs.io")
    #expect(throws: AddressError.self) { try host("in", .kugelAudio) }
    // A key of KugelAudio's may begin with its region; no other region is one.
    #expect(try APIKey("in-sk_1").secret == "in-sk_1")
  }

  @Test func `every format has the rate that its name says`() {
    for format in OutputFormat.allCases {
      #expect(format.rawValue.contains("_\(format.rate)"))
      #expect(format.isFile == (format.rawValue.first == "m" || format.rawValue.first == "o"))
    }
    #expect(OutputFormat.ofKugelAudio.allSatisfy { !$0.isFile && $0.rate <= 24_000 })
  }
}
