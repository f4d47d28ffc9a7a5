import Testing

@testable import KugelText
@testable import KugelWire

struct ServiceFrameCodecTests {
  private func decode(_ text: String) -> ServiceDecoding {
    var audio = AudioDecoder()
    return KugelCodec.decodeServiceFrame(Array(text.utf8), audio: &audio)
  }

  /// Written as `text`, and read back as it was.
  private func expect(
    _ message: ServiceMessage, context: String? = nil, at endpoint: Endpoint = .stream,
    is text: String, _ location: SourceLocation = #_sourceLocation
  ) {
    let frame = ServiceFrame(message, context: context)
    #expect(
      String(decoding: KugelCodec.encode(frame, at: endpoint), as: UTF8.self) == text,
      sourceLocation: location)
    #expect(decode(text) == .frame(frame), sourceLocation: location)
  }

  @Test func `a request's final carries its statistics and usage`() {
    var statistics = FinalStatistics()
    statistics.chunks = 2
    statistics.totalSamples = 8400
    statistics.durationMilliseconds = 350
    statistics.generationMilliseconds = 61
    statistics.realTimeFactor = 0.174
    statistics.originalText = "Good evening."
    statistics.timeToFirstAudioMilliseconds = 38
    statistics.speed = 1
    statistics.usage = Usage(
      audioSeconds: 0.35, characters: 13, costCents: 0.03, currency: "eur", model: "kugel-3.5")
    expect(
      .final(statistics), at: .tts,
      is:
        #"{"final":true,"chunks":2,"total_samples":8400,"dur_ms":350.0,"gen_ms":61.0,"rtf":0.174,"#
        + #""debug":{"original_text":"Good evening.","ttfa_ms":38.0,"speed":1.0},"#
        + #""usage":{"audio_seconds":0.35,"characters":13,"cost_cents":0.03,"currency":"eur","#
        + #""model_id":"kugel-3.5"}}"#)
  }

  @Test func `a turn's messages are those of the protocol notes`() {
    let totals = TurnTotals(audioSeconds: 0.6, textChunks: 2, audioChunks: 3)
    expect(
      .generationStarted(chunk: 0, text: "Your parcel is \"here\"."),
      is: #"{"generation_started":true,"chunk_id":0,"text":"Your parcel is \"here\"."}"#)
    expect(
      .chunkComplete(chunk: 0, audioSeconds: 0.4, generationMilliseconds: 70),
      is: #"{"chunk_complete":true,"chunk_id":0,"audio_seconds":0.4,"gen_ms":70.0}"#)
    expect(
      .final(FinalStatistics(totals: totals)),
      is: #"{"final":true,"total_audio_seconds":0.6,"total_text_chunks":2,"total_audio_chunks":3}"#)
    expect(
      .sessionClosed(
        totals, usage: Usage(audioSeconds: 0.6, characters: 35, model: "kugel-3.5")),
      is: #"{"session_closed":true,"total_audio_seconds":0.6,"total_text_chunks":2,"#
        + #""total_audio_chunks":3,"usage":{"audio_seconds":0.6,"characters":35,"#
        + #""cost_cents":null,"cost_unavailable":true,"model_id":"kugel-3.5"}}"#)
    expect(
      .sessionClosed(TurnTotals(), usage: nil),
      is: #"{"session_closed":true,"total_audio_seconds":0.0,"total_text_chunks":0,"#
        + #""total_audio_chunks":0}"#)
    expect(.interrupted, is: #"{"interrupted":true}"#)
    expect(.warning(.other("Slow today")), is: #"{"warning":"Slow today"}"#)
    expect(.warning(.turnEnded("Turn ended after 5s")), is: #"{"warning":"Turn ended after 5s"}"#)
    expect(
      .wordTimes(
        [
          WordTime(
            word: "Grüße", startMilliseconds: 0, endMilliseconds: 140, characterStart: 0,
            characterEnd: 5)
        ], chunk: 1),
      is: #"{"word_timestamps":[{"word":"Grüße","start_ms":0,"end_ms":140,"char_start":0,"#
        + #""char_end":5,"score":1.0}],"chunk_id":1}"#)
    expect(
      .settingsUpdated(
        SettingsInEffect(
          cfgScale: 2, temperature: nil, maxNewTokens: 2048, language: nil, normalize: true,
          speed: 1.1)),
      is: #"{"settings_updated":true,"settings":{"cfg_scale":2.0,"temperature":null,"#
        + #""max_new_tokens":2048,"language":null,"normalize":true,"speed":1.1}}"#)
    var error = ServiceError.missingVoice
    error.requestID = "9f2c"
    expect(
      .error(error),
      is: #"{"error":"voice_id is required","error_code":"MISSING_VOICE_ID","code":400,"#
        + #""request_id":"9f2c"}"#)
  }

  @Test func `a context's messages name it`() {
    expect(
      .contextCreated, context: "n", at: .multi, is: #"{"context_created":true,"context_id":"n"}"#)
    expect(
      .final(FinalStatistics()), context: "n", at: .multi, is: #"{"final":true,"context_id":"n"}"#)
    expect(
      .contextClosed(usage: nil), context: "n", at: .multi,
      is: #"{"context_closed":true,"context_id":"n"}"#)
    expect(
      .contextTimeout, context: "n", at: .multi, is: #"{"context_timeout":true,"context_id":"n"}"#)
    expect(
      .interrupted, context: "n", at: .multi, is: #"{"interrupted":true,"context_id":"n"}"#)
    expect(
      .error(.tooManyContexts(limit: 20)), context: "u", at: .multi,
      is: #"{"error":"Too many concurrent contexts (at most 20)","error_code":"TOO_MANY_CONTEXTS","#
        + #""code":429,"context_id":"u"}"#)
    expect(
      .sessionClosed(TurnTotals(audioSeconds: 0.4), usage: nil), at: .multi,
      is: #"{"session_closed":true,"total_audio_seconds":0.4}"#)
  }

  @Test func `older services are understood`() {
    #expect(
      decode(#"{"is_final":true,"context_id":"c"}"#)
        == .frame(ServiceFrame(.final(FinalStatistics()), context: "c")))
    #expect(
      decode(#"{"session_closed":true,"total_audio_seconds":2,"total_text_chunks":null}"#)
        == .frame(ServiceFrame(.sessionClosed(TurnTotals(audioSeconds: 2), usage: nil))))
    guard case .frame(let frame) = decode(#"{"final":true,"ttfa_ms":39,"dur_ms":5}"#),
      case .final(let statistics) = frame.message
    else {
      Issue.record("no final")
      return
    }
    #expect(statistics.timeToFirstAudioMilliseconds == 39)
    #expect(statistics.totals == nil)
  }

  @Test(arguments: [
    #"{"session_started":true}"#, #"{"session_id":"x"}"#, "{}", #"{"final":false}"#, #"{"pong":1}"#,
    #"{"type":"metadata","audio":null}"#, #"{"interrupted":null}"#,
  ])
  func `news from the future are passed over`(text: String) {
    #expect(decode(text) == .unknown)
  }

  @Test func `an older service says what it calls the connection`() {
    #expect(decode(#"{"session_started":true,"session_id":"x"}"#) == .greeting(session: "x"))
  }

  @Test(arguments: [
    ("", "not JSON"), ("{", "not JSON"), ("[]", "not an object"), ("7", "not an object"),
    (#"{"final":"yes"}"#, "final"), (#"{"word_timestamps":[{"word":"a"}]}"#, "start_ms"),
    (#"{"word_timestamps":[7]}"#, "word_timestamps"), (#"{"final":true} x"#, "not JSON"),
    (#"{"chunk_complete":true,"chunk_id":1.5}"#, "chunk_id"),
  ])
  func `a breach of the protocol is named`(text: String, fault: String) {
    guard case .malformed(let what) = decode(text) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(what.contains(fault), "\(what)")
  }

  @Test(arguments: [
    (
      #"{"error":"no","error_code":"UNAUTHORIZED"}"#,
      ServiceError("no", name: "UNAUTHORIZED", code: 401)
    ),
    (#"{"error":{"x":1},"code":"500"}"#, ServiceError("no reason given", name: "", code: 0)),
    (
      #"{"error":"slow","code":429,"retry_after":3}"#,
      ServiceError("slow", name: "", code: 429, retryAfter: 3)
    ),
    (#"{"detail":"nope"}"#, ServiceError("nope", name: "", code: 0)),
    (
      #"{"detail":[{"loc":["a"],"msg":"too long"},{"msg":"bad"}]}"#,
      ServiceError("too long; bad", name: "", code: 0)
    ),
  ])
  func `an error that is oddly written is still the error`(text: String, error: ServiceError) {
    #expect(decode(text) == .frame(ServiceFrame(.error(error))))
  }

  @Test func `a detail beside news is no error`() {
    #expect(
      decode(#"{"interrupted":true,"detail":"by the user"}"#) == .frame(ServiceFrame(.interrupted)))
  }

  @Test func `numbers that JSON does not have do not spoil a message`() {
    let frame = ServiceFrame(
      .chunkComplete(chunk: 0, audioSeconds: .nan, generationMilliseconds: .infinity))
    #expect(
      String(decoding: KugelCodec.encode(frame, at: .stream), as: UTF8.self)
        == #"{"chunk_complete":true,"chunk_id":0,"audio_seconds":0.0,"gen_ms":0.0}"#)
  }

  @Test func `control characters travel escaped`() {
    let text = "a\u{0}\u{1F}\u{7F}\n\t\r\\\"/é🙂\u{2028}"
    let frame = ServiceFrame(.generationStarted(chunk: 0, text: text))
    let message = KugelCodec.encode(frame, at: .stream)
    #expect(message.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    #expect(decode(String(decoding: message, as: UTF8.self)) == .frame(frame))
  }
}
