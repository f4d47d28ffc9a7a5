/// A client's messages on the ElevenLabs socket of several contexts.
///
/// Source: ElevenLabs notes, sections 5.1, 7.3 and 8.2.
package enum ElevenLabsCodec {
  /// One message; nil when the protocol has no words for anything in the frame.
  ///
  /// Of the settings only those of a context are written, and only where the frame opens one: `text`
  /// is then a single space. The rest is in the socket's address.
  package static func encode(_ frame: ClientFrame) -> [UInt8]? {
    var writer = JSONWriter()
    writer.object { writer in
      if frame.keepAlive { writer.field("text", "") } else { writer.field("text", frame.text) }
      writer.field("context_id", frame.context)
      writer.voiceSettings(frame.contextSettings)
      if let schedule = frame.contextSettings.chunkLengthSchedule {
        writer.object("generation_config") { $0.field("chunk_length_schedule", schedule) }
      }
      if frame.flush { writer.field("flush", true) }
      if frame.closeContext { writer.field("close_context", true) }
      if frame.closeSocket { writer.field("close_socket", true) }
    }
    return writer.bytes.count > "{}".utf8.count ? writer.bytes : nil
  }
}

extension JSONWriter {
  fileprivate mutating func voiceSettings(_ settings: TurnSettings) {
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
