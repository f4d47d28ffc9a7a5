extension EndpointAddress {
  /// The model that speaks when none is named: the one with the lowest latency.
  ///
  /// Source: ElevenLabs notes, section 10.
  package static let elevenLabsModel = "eleven_flash_v2_5"

  /// The longest a context may be silent, in seconds.
  private static let longestInactivity = 180

  /// The request target of the ElevenLabs socket of several contexts: voice, model and format are in
  /// it, so that another voice needs another socket.
  ///
  /// Source: ElevenLabs notes, sections 7.1 and 8.1.
  package func elevenLabsTarget(_ settings: TurnSettings) -> String {
    var query = [
      ("model_id", settings.model ?? Self.elevenLabsModel),
      ("output_format", settings.elevenLabsFormat.rawValue),
      ("inactivity_timeout", "\(Self.longestInactivity)"),
    ]
    if let language = settings.language { query.append(("language_code", language)) }
    if let normalize = settings.normalize {
      query.append(("apply_text_normalization", normalize ? "on" : "off"))
    }
    if let autoMode = settings.autoMode { query.append(("auto_mode", "\(autoMode)")) }
    if settings.readsMarkup == true { query.append(("enable_ssml_parsing", "true")) }
    let voice = Self.escaped(settings.voice?.description ?? "")
    return target("/v1/text-to-speech/\(voice)/multi-stream-input", query: query)
  }
}

extension TurnSettings {
  /// How audio is asked for; uncompressed at the rate asked for, or at 24 kHz.
  ///
  /// Source: ElevenLabs notes, section 4: every format of ours has the same name there.
  var elevenLabsFormat: OutputFormat {
    outputFormat ?? OutputFormat(rawValue: "pcm_\(delivery.rate)") ?? .pcm24000
  }
}

extension Region {
  /// Source: ElevenLabs notes, section 1.
  package var elevenLabsHost: String {
    switch self {
    case .eu: "api.eu.residency.elevenlabs.io"
    case .us: "api.us.elevenlabs.io"
    case .global: "api.elevenlabs.io"
    }
  }
}
