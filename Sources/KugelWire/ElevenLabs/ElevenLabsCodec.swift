/// A client's messages on the sockets of ElevenLabs.
///
/// Source: ElevenLabs notes, sections 5.1, 7.3 and 8.2.
package enum ElevenLabsCodec {
  /// One message on the socket of one context, whose end an empty text is.
  ///
  /// A flush never goes alone, as a text that is empty would end the context.
  package static func encodeSingle(_ frame: ClientFrame) -> [UInt8]? {
    let ends = frame.closeContext || frame.closeSocket
    let blank = frame.keepAlive || frame.flush ? " " : nil
    guard let text = ends ? "" : frame.text ?? blank else { return nil }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("text", text)
      guard !ends else { return }
      writer.opening(frame.contextSettings)
      if frame.flush { writer.field("flush", true) }
    }
    return writer.bytes
  }

  /// One message on the socket of several; nil when the protocol has no words for anything in the frame.
  ///
  /// Of the settings only those of a context are written, and only where the frame opens one: `text`
  /// is then a single space. The rest is in the socket's address.
  package static func encode(_ frame: ClientFrame) -> [UInt8]? {
    var writer = JSONWriter()
    writer.object { writer in
      if frame.keepAlive { writer.field("text", "") } else { writer.field("text", frame.text) }
      writer.field("context_id", frame.context)
      writer.opening(frame.contextSettings)
      if frame.flush { writer.field("flush", true) }
      if frame.closeContext { writer.field("close_context", true) }
      if frame.closeSocket { writer.field("close_socket", true) }
    }
    return writer.bytes.count > "{}".utf8.count ? writer.bytes : nil
  }

  /// The body of a call for one text.
  ///
  /// Source: ElevenLabs notes, sections 5.1 and 5.2: the newest models take no neighbours.
  package static func encodeCall(_ text: String, settings: TurnSettings) -> [UInt8] {
    let model = settings.elevenLabsModel
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("text", text)
      writer.field("model_id", model)
      writer.field("language_code", settings.language)
      writer.voiceSettings(settings)
      writer.locators(settings.hints.dictionaries)
      writer.field("seed", settings.hints.seed)
      if !model.hasPrefix("eleven_v3") {
        writer.field("previous_text", settings.hints.previousText)
        writer.field("next_text", settings.hints.nextText)
      }
      writer.field(
        "apply_text_normalization", settings.normalize.map { $0 ? "on" : "off" })
    }
    return writer.bytes
  }
}

extension JSONWriter {
  /// What a context keeps.
  fileprivate mutating func opening(_ settings: TurnSettings) {
    voiceSettings(settings)
    if let schedule = settings.chunkLengthSchedule {
      object("generation_config") { $0.field("chunk_length_schedule", schedule) }
    }
    locators(settings.hints.dictionaries)
  }

  mutating func locators(_ dictionaries: [PronunciationDictionary]?) {
    guard let dictionaries else { return }
    array("pronunciation_dictionary_locators", dictionaries) { writer, dictionary in
      writer.object { writer in
        writer.field("pronunciation_dictionary_id", dictionary.id)
        writer.field("version_id", dictionary.version)
      }
    }
  }

  mutating func voiceSettings(_ settings: TurnSettings) {
    let (speed, voice) = (settings.speed, settings.voiceCharacter)
    guard speed != nil || !voice.isEmpty else { return }
    object("voice_settings") { writer in
      writer.field("stability", voice.stability)
      writer.field("similarity_boost", voice.similarityBoost)
      writer.field("style", voice.style)
      writer.field("use_speaker_boost", voice.speakerBoost)
      writer.field("speed", speed)
    }
  }
}
