import KugelText

extension KugelCodec {
  static func decodeServiceFrame(
    _ message: UnsafeBufferPointer<UInt8>, audio: inout AudioDecoder, defaultRate: Int
  ) -> ServiceDecoding {
    if let scanned = unsafe AudioFrameScanner.scan(message),
      let samples = unsafe audio.decode(
        UnsafeBufferPointer(rebasing: message[scanned.audio]), encoding: scanned.encoding,
        context: scanned.context)
    {
      let frame = AudioFrame(
        samples: samples, rate: scanned.rate ?? defaultRate, index: scanned.index,
        chunk: scanned.chunk)
      return .frame(ServiceFrame(.audio(frame), context: scanned.context))
    }
    return unsafe decodeAnyServiceFrame(message, audio: &audio, defaultRate: defaultRate)
  }

  /// The way of every message that the scan does not take; for those it takes, the same result.
  static func decodeAnyServiceFrame(
    _ message: UnsafeBufferPointer<UInt8>, audio: inout AudioDecoder, defaultRate: Int
  ) -> ServiceDecoding {
    unsafe decoding(message) { fields in
      try fields.serviceBody()
    } as: { body in
      switch body {
      case .message(let message, let context):
        return .frame(ServiceFrame(message, context: context))
      case .audio(let fields, let context):
        let frame = try fields.frame(&audio, context: context, defaultRate: defaultRate)
        return .frame(ServiceFrame(.audio(frame), context: context))
      case .greeting(let session): return .greeting(session: session)
      case .unknown: return .unknown
      }
    }
  }
}

/// What a service's JSON object comes to, or the breach of the protocol that it is.
///
/// - Parameters:
///   - read: takes from it what matters.
///   - make: says what that means.
func decoding<Body>(
  _ message: UnsafeBufferPointer<UInt8>, _ read: @escaping (WireFields) throws -> Body,
  as make: (Body) throws -> ServiceDecoding
) -> ServiceDecoding {
  do {
    return try make(try unsafe withWireObject(message, read))
  } catch let error as FieldError {
    return .malformed("a message whose \(error.field) is not \(error.expected)")
  } catch WireSyntaxError.notObject {
    return .malformed("JSON that is not an object")
  } catch {
    return .malformed("text that is not JSON")
  }
}

private enum ServiceBody {
  case message(ServiceMessage, context: String?)
  case audio(AudioFields, context: String?)
  case greeting(session: String)
  case unknown
}

/// An audio message's values, its base64 text not yet decoded.
private struct AudioFields {
  var base64: String
  var encoding: String?
  var index: Int
  var rate: Int?
  var chunk: Int

  func frame(
    _ decoder: inout AudioDecoder, context: String?, defaultRate: Int
  ) throws(FieldError) -> AudioFrame {
    let rate = rate ?? defaultRate
    guard AudioFrame.rates.contains(rate) else {
      throw FieldError(field: "sr", expected: "a sample rate")
    }
    guard let encoding = AudioEncoding(rawValue: encoding ?? AudioEncoding.pcm16.rawValue) else {
      throw FieldError(field: "enc", expected: "a known codec")
    }
    guard let samples = decoder.decode(base64, encoding: encoding, context: context) else {
      throw FieldError(field: "audio", expected: "base64")
    }
    return AudioFrame(samples: samples, rate: rate, index: index, chunk: chunk)
  }
}

extension WireFields {
  /// An error comes before anything else in the same message, sound before news, and what ends a
  /// turn before what ends less than it.
  fileprivate func serviceBody() throws -> ServiceBody {
    let context = try string("context_id")
    if has("error") { return .message(.error(serviceError()), context: context) }
    if let audio = try string("audio") {
      let others = audio.isEmpty ? try message() : nil
      if let others { return .message(others, context: context) }
      return .audio(try audioFields(audio), context: context)
    }
    if let message = try message() { return .message(message, context: context) }
    if has("detail") { return .message(.error(serviceError()), context: context) }
    // Of older services (section 7.2).
    guard try flag("session_started"), let session = try string("session_id") else {
      return .unknown
    }
    return .greeting(session: session)
  }

  private func audioFields(_ base64: String) throws(FieldError) -> AudioFields {
    AudioFields(
      base64: base64, encoding: try string("enc"), index: try integer("idx") ?? 0,
      rate: try integer("sr"), chunk: try integer("chunk_id") ?? 0)
  }

  private func message() throws(FieldError) -> ServiceMessage? {
    if let words = try objects("word_timestamps") {
      return .wordTimes(
        try words.map { fields throws(FieldError) in try wordTime(fields) },
        chunk: try integer("chunk_id") ?? 0)
    }
    if try flag("interrupted") { return .interrupted }
    if try flag("session_closed") { return .sessionClosed(try totals(), usage: try usage()) }
    if try flag("context_closed") { return .contextClosed(usage: try usage()) }
    if try flag("final") { return .final(try finalStatistics()) }
    // What the first services of the multi-context endpoint said.
    if try flag("is_final") { return .final(try finalStatistics()) }
    if try flag("context_timeout") { return .contextTimeout }
    if try flag("chunk_complete") {
      return .chunkComplete(
        chunk: try integer("chunk_id") ?? 0, audioSeconds: try number("audio_seconds") ?? 0,
        generationMilliseconds: try number("gen_ms") ?? 0)
    }
    if try flag("generation_started") {
      return .generationStarted(
        chunk: try integer("chunk_id") ?? 0, text: try string("text") ?? "")
    }
    if try flag("settings_updated") { return .settingsUpdated(try settingsInEffect()) }
    if try flag("context_created") { return .contextCreated }
    if let warning = try string("warning") { return .warning(ServiceWording.warning(warning)) }
    return nil
  }

  private func wordTime(_ fields: WireFields) throws(FieldError) -> WordTime {
    WordTime(
      word: try required("word", try fields.string("word")),
      startMilliseconds: try required("start_ms", try fields.rounded("start_ms")),
      endMilliseconds: try required("end_ms", try fields.rounded("end_ms")),
      characterStart: try required("char_start", try fields.rounded("char_start")),
      characterEnd: try required("char_end", try fields.rounded("char_end")),
      score: try fields.number("score") ?? 1)
  }

  private func required<Value>(_ name: String, _ value: Value?) throws(FieldError) -> Value {
    guard let value else { throw FieldError(field: name, expected: "there") }
    return value
  }

  private func totals() throws(FieldError) -> TurnTotals {
    TurnTotals(
      audioSeconds: try number("total_audio_seconds") ?? 0,
      textChunks: try integer("total_text_chunks") ?? 0,
      audioChunks: try integer("total_audio_chunks") ?? 0)
  }

  private func finalStatistics() throws(FieldError) -> FinalStatistics {
    var statistics = FinalStatistics(totals: has("total_audio_seconds") ? try totals() : nil)
    statistics.chunks = try integer("chunks")
    statistics.totalSamples = try integer("total_samples")
    statistics.durationMilliseconds = try number("dur_ms")
    statistics.generationMilliseconds = try number("gen_ms")
    statistics.realTimeFactor = try number("rtf")
    // The first services had it at the top (section 17).
    statistics.timeToFirstAudioMilliseconds = try number("ttfa_ms")
    if let debug = try object("debug") {
      statistics.originalText = try debug.string("original_text")
      statistics.timeToFirstAudioMilliseconds =
        try debug.number("ttfa_ms") ?? statistics.timeToFirstAudioMilliseconds
      statistics.speed = try debug.number("speed")
    }
    statistics.usage = try usage()
    return statistics
  }

  private func usage() throws(FieldError) -> Usage? {
    guard let fields = try object("usage") else { return nil }
    return Usage(
      audioSeconds: try fields.number("audio_seconds") ?? 0,
      characters: try fields.rounded("characters"), costCents: try fields.number("cost_cents"),
      currency: try fields.string("currency"), model: try fields.string("model_id"))
  }

  private func settingsInEffect() throws(FieldError) -> SettingsInEffect {
    let fields = try object("settings")
    return SettingsInEffect(
      cfgScale: try fields?.number("cfg_scale") ?? 2,
      temperature: try fields?.number("temperature"),
      maxNewTokens: try fields?.rounded("max_new_tokens") ?? 2048,
      language: try fields?.string("language"),
      normalize: try fields?.boolean("normalize") ?? true,
      speed: try fields?.number("speed") ?? 1)
  }
}
