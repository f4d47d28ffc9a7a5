import KugelText
import KugelWire

/// Where a socket of ElevenLabs' is opened, at the root and under a path of its own, as clients that know
/// KugelAudio's own one dial it.
///
/// Source: ElevenLabs notes, sections 2, 7.1, 7.2, 8.1 and 13.1.
package struct ContextDoor: Equatable, Sendable {
  package let voice: VoiceReference
  package let isMulti: Bool

  /// Under which the whole of it is there once more.
  static let prefix = "11labs"
  /// Seconds that a context may be silent.
  private static let inactivity = 20.0
  private static let longestInactivity = 180.0

  /// nil: it is the path of something else.
  package init?(path: String) {
    var parts = path.split(separator: "/").map(String.init)[...]
    if parts.first == Self.prefix { parts = parts.dropFirst() }
    let names = Array(parts)
    guard names.count == 4, names[0] == "v1", names[1] == "text-to-speech" else { return nil }
    switch names[3] {
    case "stream-input": isMulti = false
    case "multi-stream-input": isMulti = true
    default: return nil
    }
    voice = VoiceReference(names[2])
  }

  /// - Throws: as an HTTP answer tells it in place of the socket.
  package func request(
    _ call: APIRequest, access: AccessControl
  ) throws(ServiceError) -> ContextSocket.Request {
    let query = call.query
    let model = query["model_id"].flatMap { $0.isEmpty ? nil : $0 }
    if let model, model.hasPrefix("eleven_v3") {
      throw ServiceError(
        "The model \(model) is not supported on this endpoint.", name: "unsupported_model",
        code: 400)
    }
    var settings = TurnSettings()
    settings.voice = voice
    settings.model = model
    let format = try SpokenFormat.asked(query["output_format"], isStreamed: true)
    format.apply(to: &settings)
    settings.language = Self.language(query["language_code"])
    settings.normalize = query["apply_text_normalization"] == "off" ? false : nil
    settings.autoMode = query["auto_mode"] == "true"
    // One that is shown and is not taken is refused; who shows none may do so with the first message.
    let isAdmitted = access.admits(call) ? true : access.presents(call) ? nil : false
    var request = ContextSocket.Request(
      isMulti: isMulti, settings: settings, isAdmitted: isAdmitted, format: format)
    let seconds = query["inactivity_timeout"].flatMap(Double.init) ?? Self.inactivity
    if seconds.isFinite, seconds > 0 {
      request.inactivity = .seconds(min(seconds, Self.longestInactivity))
    }
    return request
  }

  /// One that is not spoken here is as good as none.
  static func language(_ tag: String?) -> String? {
    tag.map(LanguageCode.spoken).flatMap(LanguageCode.init)?.rawValue
  }
}
