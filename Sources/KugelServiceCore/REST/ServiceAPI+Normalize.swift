import KugelText
import KugelWire

extension ServiceAPI {
  /// A text as it would be said: what is written in digits and signs, in words. Without a language it is
  /// taken for English; one whose numbers are not known here is answered as it is.
  ///
  /// Source: protocol notes, sections 12.3 and 22.
  func normalize(
    _ call: APIRequest, _ situation: Situation
  ) throws(ServiceError) -> APIResponse {
    let asked = try KugelCodec.read(call.body) { fields in
      (text: try fields.string("text"), language: try fields.string("language"))
    }
    let text = try RequestValidator.check(text: asked.text)
    try RequestValidator.check(characters: text.unicodeScalars.count, limit: characters)
    var settings = TurnSettings()
    settings.language = asked.language
    _ = try RequestValidator.check(settings)
    let language = asked.language ?? LanguageCode.en.rawValue
    var said = text
    let milliseconds = situation.time {
      said = ChunkRewriter(language: language, numbers: .all).rewrite(text).string
    }
    return .json { writer in
      writer.field("text", said)
      writer.field("language", language)
      writer.field("time_ms", milliseconds)
    }
  }
}
