import KugelWire

extension ServiceAPI {
  /// Source: protocol notes, section 3.4.
  func generate(_ call: APIRequest) throws(ServiceError) -> Reply {
    let frame = try KugelCodec.read(call.body) { fields in
      let unknown = fields.names.filter { !Self.generateFields.contains($0) }.sorted()
      guard unknown.isEmpty else {
        throw ServiceError.validation(
          "Invalid request: unknown field \(unknown.joined(separator: ", "))")
      }
      return try fields.clientFrame(at: .tts)
    }
    let settings = try RequestValidator.check(frame.settings)
    _ = try RequestValidator.check(text: frame.text)
    var delivered = settings
    if settings.outputFormat == nil { delivered.sampleRate = settings.sampleRate ?? defaultRate }
    let (encoding, rate) = delivered.delivery
    return .speak(
      frame,
      head: APIResponse(
        status: 200,
        headers: [
          .init("content-type", encoding == .pcm16 ? "audio/pcm" : "audio/basic"),
          .init("x-sample-rate", "\(rate)"), .init("x-audio-format", encoding.rawValue),
          .aiGenerated,
        ]), form: SpokenForm())
  }

  /// Table 4.2 without what only sockets take, the older name of `model_id`, and our `pitch`.
  private static let generateFields: Set<String> = {
    let keys: [SettingKey] = [
      .model, .voice, .cfgScale, .temperature, .maxNewTokens, .sampleRate, .outputFormat,
      .normalize, .lang, .speed, .projectID, .dictionaryIDs, .pitch,
    ]
    return Set(["text", "model"] + keys.map(\.requestName))
  }()
}

extension APIResponse.Header {
  /// Carried by all that leads to audio.
  ///
  /// Source: protocol notes, section 3.4.
  package static let aiGenerated = APIResponse.Header("x-kugelaudio-ai-generated", "true")
}
