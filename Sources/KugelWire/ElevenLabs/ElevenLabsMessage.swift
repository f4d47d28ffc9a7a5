import KugelText

/// One message of an ElevenLabs service, its base64 text not yet decoded.
///
/// Source: ElevenLabs notes, sections 7.4 and 8.3; the two spellings of a field are both in use.
struct ElevenLabsMessage {
  var context: String?
  /// nil when there is none, or none in it.
  var audio: String?
  var isFinal = false
  /// Of the text as it was sent, else of what was said for it; nil when there is none, or nothing in it.
  var alignment: CharacterTimes?
  var error: ServiceError?

  /// Whether there is anything in it that a client acts on.
  var means: Bool { audio != nil || isFinal || alignment != nil }

  init(_ fields: WireFields) throws {
    context = try fields.string("contextId") ?? fields.string("context_id")
    if fields.has("error") {
      error = fields.elevenLabsError()
      return
    }
    audio = try fields.string("audio").flatMap { $0.isEmpty ? nil : $0 }
    isFinal = try fields.boolean("isFinal") ?? fields.boolean("is_final") ?? false
    for name in ["alignment", "normalizedAlignment"] where alignment == nil {
      if let times = try fields.object(name) { alignment = try CharacterTimes(times) }
    }
  }
}
