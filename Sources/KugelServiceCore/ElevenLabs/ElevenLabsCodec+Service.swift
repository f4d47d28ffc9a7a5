import KugelWire

/// The service's side: what clients send on the sockets, and how they are answered.
///
/// Source: ElevenLabs notes, sections 2, 7.3, 7.4 and 8.2; of two spellings both are taken.
extension ElevenLabsCodec {
  /// - Throws: when it is no JSON object, or a field is of the wrong type.
  package static func decodeClientFrame(_ message: [UInt8]) throws(ServiceError) -> ClientFrame {
    try KugelCodec.read(message) { try $0.contextFrame() }
  }

  /// An error frame; the number in it is that of the close.
  static func encode(_ error: ServiceError, closing code: Int, context: String?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("message", error.message)
      writer.field("error", error.name.lowercased())
      writer.field("code", code)
      writer.field("contextId", context)
    }
    return writer.bytes
  }
}

extension WireFields {
  fileprivate func contextFrame() throws -> ClientFrame {
    var frame = ClientFrame()
    frame.context = try string("context_id") ?? string("contextId")
    frame.text = try string("text")
    frame.flush = try flag("flush")
    frame.tries = try flag("try_trigger_generation")
    frame.closeContext = try flag("close_context")
    frame.closeSocket = try flag("close_socket")
    frame.cancel = try flag("cancel")
    frame.key = try string("xi_api_key") ?? string("xi-api-key") ?? bearer()
    frame.contextSettings = try contextSettings()
    return frame
  }

  private func bearer() throws(FieldError) -> String? {
    try string("authorization").map { text in
      let parts = text.split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : text
    }
  }

  /// Of a context; null, nothing and an empty object mean what is usual.
  private func contextSettings() throws -> TurnSettings {
    var settings = TurnSettings()
    if let voice = try object("voice_settings") { settings = try voice.voiceSettings() }
    let config = try object("generation_config") ?? object("generator_config")
    settings.chunkLengthSchedule = try config?.integers("chunk_length_schedule")
    return settings
  }

  /// Source: ElevenLabs notes, section 5.1; a speed that is not taken is the nearest that is.
  package func voiceSettings() throws -> TurnSettings {
    var settings = TurnSettings()
    settings.voiceCharacter.stability = try number("stability")
    settings.voiceCharacter.similarityBoost = try number("similarity_boost")
    settings.voiceCharacter.style = try number("style")
    settings.voiceCharacter.speakerBoost = try boolean("use_speaker_boost")
    settings.speed = try number("speed")
    return settings
  }
}
