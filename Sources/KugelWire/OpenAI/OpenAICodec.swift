/// The body of `POST /v1/audio/speech`, and what is said about it.
///
/// Source: OpenAI notes, sections 2 and 4.
package enum OpenAICodec {
  /// What is asked for when nobody named a model: most servers know it, as their own or as another's.
  package static let usualModel = "tts-1"

  /// Members that `body.NAME` sets come in place of ours.
  package static func encode(_ text: String, settings: TurnSettings, form: SoundForm) -> [UInt8] {
    let taken = settings.bodyMembers.names
    var writer = JSONWriter()
    writer.object { writer in
      let mayWrite = { (name: String) in !taken.contains(name) }
      if mayWrite("model") { writer.field("model", settings.model ?? usualModel) }
      if mayWrite("input") { writer.field("input", text) }
      if mayWrite("voice") { writer.voice(settings.voice?.description ?? OpenAIVoices.usual[0]) }
      if mayWrite("response_format") {
        writer.field("response_format", form == .samples ? "pcm" : "wav")
      }
      if mayWrite("speed") { writer.field("speed", settings.speed) }
      if mayWrite("instructions") { writer.field("instructions", settings.instructions) }
      if mayWrite("stream_format") { writer.field("stream_format", settings.streamFormat) }
      settings.bodyMembers.write(to: &writer)
    }
    return writer.bytes
  }

  /// Whether a refusal is about the format: it names the field, or the value.
  static func namesFormat(_ body: [UInt8]) -> Bool {
    let text = String(decoding: body.prefix(4096), as: UTF8.self).lowercased()
    let words = text.split { !$0.isLetter && $0 != "_" }
    return words.contains { ["response_format", "format", "pcm"].contains($0) }
  }
}

extension JSONWriter {
  /// A voice of one's own is an object. Source: OpenAI notes, section 2.
  fileprivate mutating func voice(_ name: String) {
    if name.hasPrefix("voice_") {
      object("voice") { $0.field("id", name) }
    } else {
      field("voice", name)
    }
  }
}
