import KugelText

extension WireFields {
  package func clientFrame(at endpoint: Endpoint) throws -> ClientFrame {
    var frame = ClientFrame()
    frame.settings = try turnSettings()
    frame.text = try string("text")
    frame.cancel = try flag("cancel")
    frame.update = try settingsUpdate()
    switch endpoint {
    case .tts:
      frame.flush = frame.text != nil
    case .stream:
      frame.flush = try flag("flush")
      frame.close = try flag("close") || flag("end_session")
      frame.closeSocket = try flag("close_socket")
    case .multi:
      frame.context = try string("context_id")
      frame.flush = try flag("flush")
      frame.closeSocket = try flag("close_socket")
      frame.closeContext = try flag("close_context")
      frame.immediate = try flag("immediate")
      frame.keepAlive = try flag("keep_alive")
      frame.settings.inactivityTimeoutSeconds = try number("inactivity_timeout")
      if let nested = try object("voice_settings") {
        frame.contextSettings.voice = try nested.voice()
        frame.contextSettings.cfgScale = try nested.number("cfg_scale")
        frame.contextSettings.maxNewTokens = try nested.integer("max_new_tokens")
      }
    }
    return frame
  }

  private func turnSettings() throws -> TurnSettings {
    var settings = TurnSettings()
    settings.voice = try voice()
    settings.model = try model()
    settings.cfgScale = try number("cfg_scale")
    settings.temperature = try number("temperature")
    settings.maxNewTokens = try integer("max_new_tokens")
    settings.sampleRate = try integer("sample_rate")
    settings.outputFormat = try outputFormat()
    settings.normalize = try boolean("normalize")
    settings.language = try string("language")
    settings.wordTimestamps = try boolean("word_timestamps")
    settings.speed = try number("speed")
    settings.speakerPrefix = try boolean("speaker_prefix")
    settings.projectID = try integer("project_id")
    settings.dictionaryIDs = try integers("dictionary_ids")
    settings.flushTimeoutMilliseconds = try integer("flush_timeout_ms")
    settings.maxBufferLength = try integer("max_buffer_length")
    settings.chunkLengthSchedule = try integers("chunk_length_schedule")
    settings.autoMode = try boolean("auto_mode")
    settings.optimizeStreamingLatency = try boolean("optimize_streaming_latency")
    settings.diffusionSteps = try integer("num_diffusion_steps")
    settings.pitch = try integer("pitch")
    return settings
  }

  private func voice() throws(FieldError) -> VoiceReference? {
    if let number = try? integer("voice_id") { return .id(number) }
    do {
      return try string("voice_id").map { VoiceReference($0) }
    } catch {
      throw FieldError(field: "voice_id", expected: "an integer or a string")
    }
  }

  private func model() throws -> String? {
    let name = try string("model_id")
    guard let alias = try string("model") else { return name }
    guard name == nil else {
      throw ServiceError.validation("Invalid request: model and model_id must not both be given")
    }
    return alias
  }

  private func outputFormat() throws -> OutputFormat? {
    guard let token = try string("output_format") else { return nil }
    guard let format = OutputFormat(rawValue: token), OutputFormat.ofKugelAudio.contains(format)
    else {
      let known = OutputFormat.ofKugelAudio.map(\.rawValue).joined(separator: ", ")
      throw ServiceError.validation("output_format must be one of \(known)")
    }
    return format
  }

  private func settingsUpdate() throws(ServiceError) -> SettingsUpdate? {
    do throws(FieldError) {
      guard let fields = try object("update_settings") else { return nil }
      var update = SettingsUpdate()
      update.cfgScale = try fields.number("cfg_scale")
      update.temperature = try fields.number("temperature")
      update.speed = try fields.number("speed")
      update.maxNewTokens = try fields.integer("max_new_tokens")
      update.language = try fields.string("language")
      update.normalize = try fields.boolean("normalize")
      update.forbidden = SettingsUpdate.forbiddenFields.filter(fields.has)
      return update
    } catch {
      throw .invalidUpdate(error.message)
    }
  }
}

extension SettingsUpdate {
  /// What only a configuration may change.
  ///
  /// Source: protocol notes, section 5.5.
  package static let forbiddenFields = [
    "voice_id", "model_id", "model", "sample_rate", "output_format", "project_id", "dictionary_ids",
  ]
}
