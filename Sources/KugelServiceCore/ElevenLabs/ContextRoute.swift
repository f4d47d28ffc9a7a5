import KugelText
import KugelWire

/// The paths of ElevenLabs' REST calls: under a path of their own they are nobody else's, at the root they
/// are where the caller shows a key as it is shown there.
///
/// Source: ElevenLabs notes, sections 3, 6 and 13.1.
enum ContextRoute: Equatable {
  /// - `isStreamed`: the sound comes as it is made; `hasTimes`: with its characters, as JSON.
  case speak(VoiceReference, isStreamed: Bool, hasTimes: Bool)
  case voices, search
  case voice(VoiceReference)
  case voiceSettings
  case models, user, subscription, history, health

  init?(_ call: APIRequest) {
    var parts = call.path.split(separator: "/").map(String.init)
    let isOwn = parts.first == ContextDoor.prefix
    if isOwn { parts.removeFirst() }
    guard let route = ContextRoute(parts) else { return nil }
    self = route
    // Others have these paths, too.
    switch route {
    case .voices, .voice, .models, .health:
      guard isOwn || (call.headers["xi-api-key"] != nil && route != .health) else { return nil }
    default: break
    }
  }

  private init?(_ parts: [String]) {
    switch (parts.first, parts.count) {
    case ("health", 1): self = .health
    case ("v2", 2) where parts[1] == "voices": self = .search
    case ("v1", 2):
      switch parts[1] {
      case "voices": self = .voices
      case "models": self = .models
      case "user": self = .user
      case "history": self = .history
      default: return nil
      }
    case ("v1", 3...):
      switch (parts[1], Array(parts[3...])) {
      case ("voices", []): self = .voice(VoiceReference(parts[2]))
      case ("voices", ["settings"]): self = .voiceSettings
      case ("voices", ["default"]) where parts[2] == "settings": self = .voiceSettings
      case ("user", []) where parts[2] == "subscription": self = .subscription
      case ("text-to-speech", let rest):
        let voice = VoiceReference(parts[2])
        switch rest {
        case []: self = .speak(voice, isStreamed: false, hasTimes: false)
        case ["stream"]: self = .speak(voice, isStreamed: true, hasTimes: false)
        case ["with-timestamps"]: self = .speak(voice, isStreamed: false, hasTimes: true)
        case ["stream", "with-timestamps"]: self = .speak(voice, isStreamed: true, hasTimes: true)
        default: return nil
        }
      default: return nil
      }
    default: return nil
    }
  }

  var methods: [String] { if case .speak = self { ["POST"] } else { ["GET"] } }
  var isPublic: Bool { self == .health }
}

/// One text to be spoken in answer to a request.
package struct ContextCall: Equatable, Sendable {
  package enum Form: Equatable, Sendable {
    case bytes
    /// One JSON object with all of it, or one a line for each piece.
    case object, lines
  }

  package var text: String
  package var settings: TurnSettings
  package var format: SpokenFormat
  package var form: Form
  package var head: APIResponse

  /// Source: ElevenLabs notes, sections 5.2, 5.3 and 6.
  init(
    _ call: APIRequest, _ voice: VoiceReference, isStreamed: Bool, hasTimes: Bool
  ) throws(ContextError) {
    format = try ContextError.passing { () throws(ServiceError) in
      try SpokenFormat.asked(call.query["output_format"], isStreamed: isStreamed)
    }
    form = hasTimes ? (isStreamed ? .lines : .object) : .bytes
    let fields:
      (text: String?, settings: TurnSettings, language: String?, model: String?, normal: String?)
    do throws(ServiceError) {
      fields = try KugelCodec.read(call.body) { body in
        (
          try body.string("text"), try body.object("voice_settings")?.voiceSettings() ?? .init(),
          try body.string("language_code"), try body.string("model_id"),
          try body.string("apply_text_normalization")
        )
      }
    } catch { throw .invalid(field: nil, error.message) }
    guard let text = fields.text else { throw .invalid(field: "text", "Field required") }
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw .refused(
        ServiceError("The text is empty.", name: "invalid_parameters", code: 400))
    }
    self.text = text
    settings = fields.settings
    settings.voice = voice
    settings.model = fields.model
    settings.language = ContextDoor.language(fields.language)
    settings.normalize = fields.normal == "off" ? false : nil
    format.apply(to: &settings)
    head = APIResponse(
      status: 200,
      headers: [
        .init("content-type", hasTimes ? "application/json" : format.contentType),
        .init("character-cost", "\(text.unicodeScalars.count)"),
        .init("current-concurrent-requests", "1"), .init("maximum-concurrent-requests", "1000"),
        .aiGenerated,
      ])
  }
}

/// Why a call of ElevenLabs' is not answered.
enum ContextError: Error {
  case refused(ServiceError)
  /// A field of the body, or the body itself.
  case invalid(field: String?, String)

  static func passing<Result>(
    _ body: () throws(ServiceError) -> Result
  ) throws(ContextError) -> Result {
    do throws(ServiceError) { return try body() } catch { throw .refused(error) }
  }

  /// Source: ElevenLabs notes, section 9.1.
  var response: APIResponse {
    switch self {
    case .refused(let error): APIResponse(contexts: error)
    case .invalid(let field, let message):
      .json(422) { writer in
        writer.array("detail", [message]) { writer, message in
          writer.object { writer in
            writer.field("type", field == nil ? "json_invalid" : "missing")
            writer.field("loc", ["body"] + (field.map { [$0] } ?? []))
            writer.field("msg", message)
            writer.object("input") { _ in }
          }
        }
      }
    }
  }
}
