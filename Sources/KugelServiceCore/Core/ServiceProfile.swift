import KugelText
import KugelWire

/// What a service can do and what it insists on; the same for all its connections.
package struct ServiceProfile: Sendable {
  /// The engine voice that a reference stands for; nil when there is none.
  package var voice: @Sendable (VoiceReference) -> Int?
  /// Who speaks a language in place of a voice, for voices that follow the language of a request.
  ///
  /// Called with what the client asked for, the engine voice of that, and an ISO 639-1 code.
  package var voiceInLanguage: @Sendable (VoiceReference, Int, String) -> Int = { _, voice, _ in
    voice
  }
  /// Why a turn with these settings may not begin: too many of them, or dictionaries that are not
  /// the caller's.
  package var refusal: @Sendable (TurnSettings) -> ServiceError? = { _ in nil }
  /// Hz of audio when a client names no rate.
  package var defaultRate = 24_000
  package var defaultModel = "kugel-3.5"
  package var limits = RequestLimits()
  /// Unicode scalars of one turn.
  package var charactersPerTurn = 10_000
  /// Bytes of text that may wait on a connection for the end of the turn before them.
  package var waitingBytes = 1 << 20
  /// A turn that gets no text for so long ends.
  package var idleTimeout: Duration = .seconds(5)
  /// Contexts that a connection may have at once.
  package var contextLimit = 20
  /// A context that gets no input for so long is closed, unless it says another time itself.
  package var contextTimeout: Duration = .seconds(20)
  /// Prices audio; nil when the service cannot tell.
  package var costCentsPerMinute: Double?
  /// The language that a turn is spoken in, from its settings and its engine voice; nil where that is not
  /// known.
  package var language: @Sendable (TurnSettings, Int) -> String? = { settings, _ in
    settings.language
  }
  /// What is said of a text chunk: words of dictionaries and numbers are said otherwise than they are
  /// written. Called with the settings of the turn and its language.
  package var rewrite: @Sendable (String, TurnSettings, String?) -> SourcedText = { text, _, _ in
    SourcedText(text)
  }
  package var breaks = BreakLengths.snapped
  /// Whether the pieces of a text that comes slowly may end at clauses, as the client's settings have it.
  package var startsEarly = false
  /// Reports usage with every turn.
  package var reportsUsage = true

  package init(voice: @escaping @Sendable (VoiceReference) -> Int?) { self.voice = voice }
}

extension ServiceProfile {
  /// Opens a turn.
  ///
  /// - Parameter settings: valid ones.
  /// - Throws: as it is to be sent.
  func turn(
    _ settings: TurnSettings, context: String? = nil, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> ServiceTurn {
    var settings = settings
    settings.projectID = settings.projectID ?? limits.projectDefault
    guard let reference = settings.voice else { throw .missingVoice }
    guard var voice = voice(reference) else { throw .notFound("Voice") }
    if let refusal = refusal(settings) { throw refusal }
    if let language = settings.language { voice = voiceInLanguage(reference, voice, language) }
    if settings.outputFormat == nil { settings.sampleRate = settings.sampleRate ?? defaultRate }
    return ServiceTurn(
      settings: settings, voice: voice, language: language(settings, voice),
      startsEarly: startsEarly, context: context, at: now)
  }

  /// What a turn has cost; nil when nothing was spoken or usage is not reported.
  func usage(of turn: ServiceTurn) -> Usage? {
    guard reportsUsage, turn.audioSeconds > 0 else { return nil }
    let cost = costCentsPerMinute.map { $0 * turn.audioSeconds / 60 }
    return Usage(
      audioSeconds: turn.audioSeconds, characters: turn.characters, costCents: cost,
      currency: cost == nil ? nil : "eur", model: turn.settings.model ?? defaultModel)
  }
}
