/// What there is to know of one setting, whoever sets it: a row of the table below.
package struct Setting: Equatable, Sendable {
  /// A fragment without a stop.
  package let meaning: String
  /// What it takes; an engine or a service may take less.
  package let kind: SettingKind
  /// What a man page calls the value.
  package let placeholder: String
  /// Other names for it.
  package let aliases: [String]
  /// The option of the command line that sets it, without dashes; nil: `--set` does.
  package let option: String?
  /// It is of our own sound, not of what is asked of an engine.
  package let isLocal: Bool

  fileprivate init(
    _ meaning: String, _ kind: SettingKind, _ placeholder: String, aliases: [String] = [],
    option: String? = nil, isLocal: Bool = false
  ) {
    self.meaning = meaning
    self.kind = kind
    self.placeholder = placeholder
    self.aliases = aliases
    self.option = option
    self.isLocal = isLocal
  }
}

extension SettingKey {
  /// The table of settings. `--set`, `/set`, JSON lines, scripts, the configuration, the checks of a
  /// service, help and man pages read it, and nothing else.
  ///
  /// Source: protocol notes, sections 4.2, 5.3 and 7.1; ElevenLabs notes, sections 5.1, 7.1 and 7.3;
  /// OpenAI notes, section 2.
  package var setting: Setting {
    switch self {
    case .voice:
      Setting(
        "voice by number, name or start of a name", .name, "V", aliases: ["voice_id"],
        option: "voice")
    case .lang:
      Setting(
        "language of the text, such as de", .language(), "LANG",
        aliases: ["language", "language_code"], option: "lang")
    case .model:
      Setting("model of the service", .name, "MODEL", aliases: ["model_id"], option: "model")
    case .speed: Setting("multiple of the normal pace", .number(0.1...10), "X", option: "speed")
    case .rate:
      Setting(
        "words a minute; 175 is normal", .integer(20...1000, unit: "words a minute"), "WPM",
        option: "rate")
    case .pitch:
      Setting("how high the voice is; 50 is its own", .integer(0...100), "N")
    case .volume:
      Setting("level of the sound, in decibels", .level, "DB", option: "volume", isLocal: true)
    case .pan: Setting("where the voice is, from left to right", .pan, "PLACE", isLocal: true)
    case .cfgScale: Setting("how closely the voice is kept to; 2.0", .number(1.2...2.5), "X")
    case .temperature: Setting("how freely it is spoken", .number(0...1), "X")
    case .maxNewTokens:
      Setting("bound of what the model makes of one piece of text; 2048", .integer(1...2048), "N")
    case .sampleRate:
      Setting(
        "samples a second on the wire; 24000", .oneOf(SettingOffer.openAIRates), "HZ")
    case .outputFormat:
      Setting("codec and rate on the wire", .words(OutputFormat.allCases.map(\.rawValue)), "FORMAT")
    case .wordTimestamps: Setting("ask for the times of words", .truth, "BOOL")
    case .normalize:
      Setting("write numbers, dates and signs out; also --normalize", .truth, "BOOL")
    case .projectID:
      Setting(
        "project of the dictionaries; also --project", .integer(0...Int.max), "N",
        aliases: ["project"])
    case .dictionaryIDs:
      Setting(
        "these dictionaries, or none; also --dictionary",
        .integers(0...Int.max, atMost: 50, mayBeNone: true), "N,N",
        aliases: ["dictionary", "dictionaries"])
    case .flushTimeout:
      Setting("speak what has waited so long for more text; 500", .milliseconds, "MS")
    case .maxBufferLength:
      Setting("characters that may wait for a sentence's end; 10000", .integer(1...Int.max), "N")
    case .chunkLengthSchedule:
      Setting("least characters of the first, second, … piece", .integers(0...Int.max), "N,N")
    case .autoMode: Setting("begin at the first sentence's end", .truth, "BOOL")
    case .speakerPrefix: Setting("keep the voice alike from text to text", .truth, "BOOL")
    case .optimizeStreamingLatency:
      Setting("sooner sound at the cost of quality; older services", .latency, "BOOL")
    case .diffusionSteps:
      Setting("steps of the model; older services", .integer(1...1000), "N")
    case .stability: Setting("how even the voice is, from 0, most varied", .number(0...1), "X")
    case .similarityBoost: Setting("how closely the voice is kept to", .number(0...1), "X")
    case .style: Setting("how much of the voice's style is brought out", .number(0...1), "X")
    case .speakerBoost: Setting("more likeness, at the cost of time", .truth, "BOOL")
    case .readsMarkup: Setting("act on `<break>`, and read the text as markup", .truth, "BOOL")
    case .inactivityTimeout:
      Setting("seconds that the service waits for more text", .number(1...86_400), "SECONDS")
    case .seed:
      Setting(
        "the same number, the same sound, as near as can be", .integer(0...4_294_967_295), "N")
    case .logging: Setting("whether the service may keep what it made", .truth, "BOOL")
    case .pronunciations:
      Setting("dictionaries of pronunciations, at most 3", .dictionaries, "ID:VERSION,…")
    case .previousText: Setting("what was said before the text, for its melody", .name, "TEXT")
    case .nextText: Setting("what is said behind the text, for its melody", .name, "TEXT")
    case .credential:
      Setting(
        "what the key is: a key, a bearer's token, or one that is good for one connection",
        .words(GenerationHints.Credential.allCases.map(\.rawValue)), "KIND")
    case .instructions: Setting("how it is to be spoken, in words", .name, "TEXT")
    case .streamFormat:
      Setting("how the sound comes: as its bytes, or in events", .words(["audio", "sse"]), "FORM")
    case .body:
      Setting(
        "any other member of the request, as body.NAME=JSON, such as body.lang_code=a", .members,
        "NAME=JSON")
    }
  }
}
