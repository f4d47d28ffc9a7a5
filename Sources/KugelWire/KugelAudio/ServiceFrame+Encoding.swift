import KugelText

extension KugelCodec {
  /// A service's message. Null stands only for a cost, a temperature or a language that is not
  /// known.
  ///
  /// - Parameter encoding: how audio is to travel; other messages do not care.
  package static func encode(
    _ frame: ServiceFrame, at endpoint: Endpoint, encoding: AudioEncoding = .pcm16
  ) -> [UInt8] {
    if case .audio(let audio) = frame.message {
      return encodeAudio(audio, context: frame.context, encoding: encoding)
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.message(frame.message, context: frame.context, at: endpoint)
    }
    return writer.bytes
  }

  /// The body of a refused HTTP request.
  package static func encode(_ error: ServiceError) -> [UInt8] {
    encode(ServiceFrame(.error(error)), at: .tts)
  }
}

extension JSONWriter {
  fileprivate mutating func message(
    _ message: ServiceMessage, context: String?, at endpoint: Endpoint
  ) {
    switch message {
    case .audio: break
    case .generationStarted(let chunk, let text):
      happened("generation_started", context)
      field("chunk_id", chunk)
      field("text", text)
    case .wordTimes(let words, let chunk):
      array("word_timestamps", words) { $0.wordTime($1) }
      field("chunk_id", chunk)
      field("context_id", context)
    case .chunkComplete(let chunk, let audioSeconds, let generationMilliseconds):
      happened("chunk_complete", context)
      field("chunk_id", chunk)
      field("audio_seconds", audioSeconds)
      field("gen_ms", generationMilliseconds)
    case .warning(let warning):
      field("warning", warning.text)
      field("context_id", context)
    case .final(let statistics):
      happened("final", context)
      if endpoint != .multi { final(statistics) }
    case .sessionClosed(let totals, let usage):
      happened("session_closed", context)
      if endpoint == .multi {
        field("total_audio_seconds", totals.audioSeconds)
      } else {
        self.totals(totals)
        self.usage(usage)
      }
    case .interrupted: happened("interrupted", context)
    case .settingsUpdated(let settings):
      happened("settings_updated", context)
      object("settings") { $0.inEffect(settings) }
    case .contextCreated: happened("context_created", context)
    case .contextTimeout: happened("context_timeout", context)
    case .contextClosed(let usage):
      happened("context_closed", context)
      self.usage(usage)
    case .error(let error):
      field("error", error.message)
      field("error_code", error.name)
      field("code", error.code)
      field("context_id", context)
      field("request_id", error.requestID)
      field("retry_after", error.retryAfter)
    }
  }

  private mutating func happened(_ name: StaticString, _ context: String?) {
    field(name, true)
    field("context_id", context)
  }

  private mutating func wordTime(_ word: WordTime) {
    object { writer in
      writer.field("word", word.word)
      writer.field("start_ms", word.startMilliseconds)
      writer.field("end_ms", word.endMilliseconds)
      writer.field("char_start", word.characterStart)
      writer.field("char_end", word.characterEnd)
      writer.field("score", word.score)
    }
  }

  private mutating func totals(_ totals: TurnTotals) {
    field("total_audio_seconds", totals.audioSeconds)
    field("total_text_chunks", totals.textChunks)
    field("total_audio_chunks", totals.audioChunks)
  }

  private mutating func final(_ statistics: FinalStatistics) {
    if let totals = statistics.totals { self.totals(totals) }
    field("chunks", statistics.chunks)
    field("total_samples", statistics.totalSamples)
    field("dur_ms", statistics.durationMilliseconds)
    field("gen_ms", statistics.generationMilliseconds)
    field("rtf", statistics.realTimeFactor)
    if let text = statistics.originalText {
      object("debug") { writer in
        writer.field("original_text", text)
        writer.field("ttfa_ms", statistics.timeToFirstAudioMilliseconds)
        writer.field("speed", statistics.speed)
      }
    }
    usage(statistics.usage)
  }

  private mutating func usage(_ usage: Usage?) {
    guard let usage else { return }
    object("usage") { writer in
      writer.field("audio_seconds", usage.audioSeconds)
      writer.field("characters", usage.characters)
      if let cost = usage.costCents {
        writer.field("cost_cents", cost)
        writer.field("currency", usage.currency ?? "eur")
      } else {
        writer.null("cost_cents")
        writer.field("cost_unavailable", true)
      }
      writer.field("model_id", usage.model)
    }
  }

  private mutating func inEffect(_ settings: SettingsInEffect) {
    field("cfg_scale", settings.cfgScale)
    if let temperature = settings.temperature {
      field("temperature", temperature)
    } else {
      null("temperature")
    }
    field("max_new_tokens", settings.maxNewTokens)
    if let language = settings.language {
      field("language", language)
    } else {
      null("language")
    }
    field("normalize", settings.normalize)
    field("speed", settings.speed)
  }
}
