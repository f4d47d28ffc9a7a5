import KugelText

extension KugelCodec {
  /// A client's message; only what is set is written.
  ///
  /// Nil when the endpoint has no words for anything in the frame: there is no `flush` or `close` on
  /// `tts`, where every text is complete and the end is the end of the socket.
  package static func encode(_ frame: ClientFrame, at endpoint: Endpoint) -> [UInt8]? {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("text", frame.text)
      if endpoint == .multi { writer.field("context_id", frame.context) }
      writer.settings(of: frame, at: endpoint)
      if let update = frame.update { writer.update(update) }
      if frame.cancel { writer.field("cancel", true) }
      guard endpoint != .tts else { return }
      if frame.flush { writer.field("flush", true) }
      if frame.closeSocket { writer.field("close_socket", true) }
      switch endpoint {
      case .tts: break
      case .stream:
        if frame.close { writer.field("close", true) }
      case .multi:
        if frame.closeContext { writer.field("close_context", true) }
        if frame.immediate { writer.field("immediate", true) }
        if frame.keepAlive { writer.field("keep_alive", true) }
      }
    }
    return writer.bytes.count > "{}".utf8.count ? writer.bytes : nil
  }
}

extension JSONWriter {
  fileprivate mutating func settings(of frame: ClientFrame, at endpoint: Endpoint) {
    var settings = frame.settings
    var nested = frame.contextSettings
    if endpoint == .multi, frame.context != nil {
      // A context takes these from `voice_settings` only.
      nested.voice = nested.voice ?? settings.voice
      nested.cfgScale = nested.cfgScale ?? settings.cfgScale
      nested.maxNewTokens = nested.maxNewTokens ?? settings.maxNewTokens
      (settings.voice, settings.cfgScale, settings.maxNewTokens) = (nil, nil, nil)
    }
    write(settings)
    if endpoint == .tts { return }
    buffering(settings)
    guard endpoint == .multi else { return }
    field("inactivity_timeout", settings.inactivityTimeoutSeconds)
    guard nested.voice != nil || nested.cfgScale != nil || nested.maxNewTokens != nil else {
      return
    }
    object("voice_settings") { writer in
      writer.voice(nested.voice)
      writer.field("cfg_scale", nested.cfgScale)
      writer.field("max_new_tokens", nested.maxNewTokens)
    }
  }

  private mutating func write(_ settings: TurnSettings) {
    field("model_id", settings.model)
    voice(settings.voice)
    field("cfg_scale", settings.cfgScale)
    field("temperature", settings.temperature)
    field("max_new_tokens", settings.maxNewTokens)
    field("sample_rate", settings.sampleRate)
    field("output_format", settings.outputFormat?.rawValue)
    field("normalize", settings.normalize)
    field("language", settings.language)
    field("word_timestamps", settings.wordTimestamps)
    field("speed", settings.speed)
    field("speaker_prefix", settings.speakerPrefix)
    field("project_id", settings.projectID)
    field("dictionary_ids", settings.dictionaryIDs)
    field("optimize_streaming_latency", settings.optimizeStreamingLatency)
    field("num_diffusion_steps", settings.diffusionSteps)
    field("pitch", settings.pitch)
  }

  private mutating func buffering(_ settings: TurnSettings) {
    field("flush_timeout_ms", settings.flushTimeoutMilliseconds)
    field("max_buffer_length", settings.maxBufferLength)
    field("chunk_length_schedule", settings.chunkLengthSchedule)
    field("auto_mode", settings.autoMode)
  }

  private mutating func voice(_ voice: VoiceReference?) {
    switch voice {
    case .id(let number): field("voice_id", number)
    case .handle(let name): field("voice_id", name)
    case nil: break
    }
  }

  fileprivate mutating func update(_ update: SettingsUpdate) {
    object("update_settings") { writer in
      writer.field("cfg_scale", update.cfgScale)
      writer.field("temperature", update.temperature)
      writer.field("speed", update.speed)
      writer.field("max_new_tokens", update.maxNewTokens)
      writer.field("language", update.language)
      writer.field("normalize", update.normalize)
    }
  }
}
