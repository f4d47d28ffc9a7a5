import KugelText

extension TurnSettings {
  /// A setting by its key; nil: it is not set, or not of the turn.
  ///
  /// What is set must be of the key's kind.
  package subscript(key: SettingKey) -> SettingValue? {
    get {
      switch key.field {
      case .voice: voice.map { .text("\($0)") }
      case .format: outputFormat.map { .text($0.rawValue) }
      case .latency:
        hints.latency.map { .number(Double($0)) } ?? optimizeStreamingLatency.map { .flag($0) }
      case .credential: hints.credential.map { .text($0.rawValue) }
      case .dictionaries: hints.dictionaries.map { .text(PronunciationDictionary.text($0)) }
      case .rate: speed.map { .number(($0 * Double(SettingTerms.normalRate)).rounded()) }
      case .text(let path): self[keyPath: path].map { .text($0) }
      case .number(let path): self[keyPath: path].map { .number($0) }
      case .integer(let path): self[keyPath: path].map { .number(Double($0)) }
      case .flag(let path): self[keyPath: path].map { .flag($0) }
      case .numbers(let path): self[keyPath: path].map { .numbers($0) }
      case .members: bodyMembers.isEmpty ? nil : .text(bodyMembers.text)
      case nil: nil
      }
    }
    set {
      switch key.field {
      case .voice: voice = newValue.map { VoiceReference($0.text) }
      case .format: outputFormat = newValue.flatMap { OutputFormat(rawValue: $0.text) }
      case .latency: (hints.latency, optimizeStreamingLatency) = (newValue?.integer, newValue?.flag)
      case .dictionaries:
        hints.dictionaries = newValue.flatMap { PronunciationDictionary.list($0.text) }
      case .credential: hints.credential = newValue.flatMap { .init(rawValue: $0.text) }
      case .rate: speed = newValue?.number.map { $0 / Double(SettingTerms.normalRate) }
      case .text(let path): self[keyPath: path] = newValue?.text
      case .number(let path): self[keyPath: path] = newValue?.number
      case .integer(let path): self[keyPath: path] = newValue?.integer
      case .flag(let path): self[keyPath: path] = newValue?.flag
      case .numbers(let path): self[keyPath: path] = newValue?.numbers
      // One more is set; the others stay as they are.
      case .members:
        guard let newValue else {
          bodyMembers = BodyMembers()
          return
        }
        if let newer = BodyMembers(newValue.text) { bodyMembers.merge(newer) }
      case nil: break
      }
    }
  }

  /// Takes over one change; those of the local sound say nothing here.
  package mutating func apply(_ change: SettingChange) { self[change.key] = change.value }
}

/// Where a setting stands among those of a turn.
private enum SettingField {
  case voice, format, rate, latency, dictionaries, credential, members
  case text(WritableKeyPath<TurnSettings, String?>)
  case number(WritableKeyPath<TurnSettings, Double?>)
  case integer(WritableKeyPath<TurnSettings, Int?>)
  case flag(WritableKeyPath<TurnSettings, Bool?>)
  case numbers(WritableKeyPath<TurnSettings, [Int]?>)
}

extension SettingKey {
  fileprivate var field: SettingField? {
    switch self {
    case .voice: .voice
    case .outputFormat: .format
    case .rate: .rate
    case .lang: .text(\.language)
    case .model: .text(\.model)
    case .speed: .number(\.speed)
    case .cfgScale: .number(\.cfgScale)
    case .temperature: .number(\.temperature)
    case .stability: .number(\.voiceCharacter.stability)
    case .similarityBoost: .number(\.voiceCharacter.similarityBoost)
    case .style: .number(\.voiceCharacter.style)
    case .pitch: .integer(\.pitch)
    case .maxNewTokens: .integer(\.maxNewTokens)
    case .sampleRate: .integer(\.sampleRate)
    case .projectID: .integer(\.projectID)
    case .flushTimeout: .integer(\.flushTimeoutMilliseconds)
    case .maxBufferLength: .integer(\.maxBufferLength)
    case .diffusionSteps: .integer(\.diffusionSteps)
    case .wordTimestamps: .flag(\.wordTimestamps)
    case .normalize: .flag(\.normalize)
    case .autoMode: .flag(\.autoMode)
    case .speakerPrefix: .flag(\.speakerPrefix)
    case .optimizeStreamingLatency: .latency
    case .speakerBoost: .flag(\.voiceCharacter.speakerBoost)
    case .readsMarkup: .flag(\.readsMarkup)
    case .inactivityTimeout: .number(\.inactivityTimeoutSeconds)
    case .seed: .integer(\.hints.seed)
    case .logging: .flag(\.hints.logging)
    case .pronunciations: .dictionaries
    case .previousText: .text(\.hints.previousText)
    case .nextText: .text(\.hints.nextText)
    case .credential: .credential
    case .instructions: .text(\.instructions)
    case .streamFormat: .text(\.streamFormat)
    case .body: .members
    case .dictionaryIDs: .numbers(\.dictionaryIDs)
    case .chunkLengthSchedule: .numbers(\.chunkLengthSchedule)
    case .volume, .pan: nil
    }
  }
}
