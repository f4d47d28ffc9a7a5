extension EndpointAddress {
  /// The model that speaks when none is named: the one with the lowest latency.
  ///
  /// Source: ElevenLabs notes, section 10.
  package static let elevenLabsModel = "eleven_flash_v2_5"

  /// The longest a context may be silent, in seconds.
  private static let longestInactivity = 180

  /// The request target of an ElevenLabs socket: voice, model and format are in it, so that another voice
  /// needs another socket.
  ///
  /// - Parameter isMulti: whether it is to take several contexts.
  ///
  /// Source: ElevenLabs notes, sections 7.1 and 8.1.
  package func elevenLabsTarget(_ settings: TurnSettings, isMulti: Bool = true) -> String {
    var query = [
      ("model_id", settings.elevenLabsModel),
      ("output_format", settings.elevenLabsFormat.rawValue),
      (
        "inactivity_timeout",
        (settings.inactivityTimeoutSeconds ?? Double(Self.longestInactivity)).shortText
      ),
    ]
    if let language = settings.language { query.append(("language_code", language)) }
    if let normalize = settings.normalize {
      query.append(("apply_text_normalization", normalize ? "on" : "off"))
    }
    if let autoMode = settings.autoMode { query.append(("auto_mode", "\(autoMode)")) }
    if settings.readsMarkup == true { query.append(("enable_ssml_parsing", "true")) }
    if let seed = settings.hints.seed { query.append(("seed", "\(seed)")) }
    query += settings.hints.query
    return speechTarget(settings, isMulti ? "multi-stream-input" : "stream-input", query)
  }

  /// The request target of a call for one text, whose sound comes as it is made.
  ///
  /// - Parameter hasTimes: whether it tells when characters are spoken.
  ///
  /// Source: ElevenLabs notes, sections 3 and 5.3.
  func elevenLabsCall(_ settings: TurnSettings, hasTimes: Bool) -> String {
    let query = [("output_format", settings.elevenLabsFormat.rawValue)] + settings.hints.query
    return speechTarget(settings, hasTimes ? "stream/with-timestamps" : "stream", query)
  }

  private func speechTarget(
    _ settings: TurnSettings, _ path: String, _ query: [(String, String)]
  ) -> String {
    let voice = Self.escaped(settings.voice?.description ?? "")
    return target("/v1/text-to-speech/\(voice)/\(path)", query: query)
  }
}

extension GenerationHints {
  /// What requests and sockets alike have in their address.
  ///
  /// Source: ElevenLabs notes, sections 5.3 and 7.1.
  var query: [(String, String)] {
    [
      latency.map { ("optimize_streaming_latency", "\($0)") },
      logging.map { ("enable_logging", "\($0)") },
    ].compactMap(\.self)
  }
}

extension TurnSettings {
  var elevenLabsModel: String { model ?? EndpointAddress.elevenLabsModel }

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
    case .india: "api.in.residency.elevenlabs.io"
    case .singapore: "api.sg.residency.elevenlabs.io"
    case .preview: "api-global-preview.elevenlabs.io"
    }
  }
}
