/// The rules for the values that a request, a configuration or an update may carry.
///
/// Source: protocol notes, sections 4.2, 5.3, 5.5 and 10.
package enum RequestValidator {
  package static let maximumCharacters = 10_000
  package static let sampleRates = SettingOffer.kugelAudioRates
  // Of the table of settings, once: requests are many.
  private static let allRates = SettingKey.sampleRate.setting.kind.choices
  private static let cfgScales = SettingKey.cfgScale.setting.kind.numbers
  /// What an update may wish for, to be clamped; beyond it is a mistake (section 5.5).
  private static let scaleWishes = 0.0...10.0
  private static let temperatures = SettingKey.temperature.setting.kind.numbers
  private static let newTokens = SettingKey.maxNewTokens.setting.kind.integers
  private static let pitches = SettingKey.pitch.setting.kind.integers
  private static let bufferLengths = SettingKey.maxBufferLength.setting.kind.integers
  private static let maximumDictionaries = SettingKey.dictionaryIDs.setting.kind.most

  /// The settings as they take effect: `cfgScale` is clamped, everything else out of its range is
  /// refused. Meant for the merged settings of a connection, because `outputFormat` and `sampleRate`,
  /// or `dictionaryIDs` and `projectID`, may come in different frames.
  package static func check(
    _ settings: TurnSettings, limits: RequestLimits = RequestLimits()
  ) throws(ServiceError) -> TurnSettings {
    var settings = settings
    settings.cfgScale = try settings.cfgScale.map(clampedScale)
    try checkGeneration(
      temperature: settings.temperature, speed: settings.speed, tokens: settings.maxNewTokens,
      language: settings.language, limits: limits)
    if let model = settings.model, !limits.takesAnyModel, !ModelName.isKnown(model) {
      throw .validation("Unknown \(name(of: .model)): \(model)")
    }
    try checkFormat(settings, rates: limits.sampleRates)
    settings.projectID = settings.projectID ?? limits.projectDefault
    try checkDictionaries(settings)
    try checkBuffer(&settings)
    if let pitch = settings.pitch { try require(pitch, name(of: .pitch), in: pitches) }
    return settings
  }

  /// An update as it takes effect from the next turn.
  package static func check(
    _ update: SettingsUpdate, limits: RequestLimits = RequestLimits()
  ) throws(ServiceError) -> SettingsUpdate {
    guard update.forbidden.isEmpty else {
      throw .invalidUpdate(update.forbidden.joined(separator: ", "))
    }
    guard !update.isEmpty else { throw .invalidUpdate("at least one setting is required") }
    var update = update
    do {
      if let scale = update.cfgScale {
        try require(scale, name(of: .cfgScale), in: scaleWishes)
        update.cfgScale = try clampedScale(scale)
      }
      try checkGeneration(
        temperature: update.temperature, speed: update.speed, tokens: update.maxNewTokens,
        language: update.language, limits: limits)
    } catch {
      throw .invalidUpdate(error.message)
    }
    return update
  }

  /// What values say together: a format and another rate, dictionaries without a project.
  package static func checkTogether(_ settings: TurnSettings) throws(ServiceError) {
    try checkFormat(settings, rates: allRates)
    try checkDictionaries(settings)
  }

  /// A text that is to be spoken whole: not blank.
  package static func check(text: String?) throws(ServiceError) -> String {
    guard let text, text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw .textRequired
    }
    return text
  }

  /// The text of a turn so far, in Unicode scalars.
  package static func check(
    characters: Int, limit: Int = maximumCharacters
  ) throws(ServiceError) {
    guard characters <= limit else {
      throw .validation("text must be at most \(limit) characters")
    }
  }

  private static func clampedScale(_ scale: Double) throws(ServiceError) -> Double {
    guard scale.isFinite else { throw .validation("\(name(of: .cfgScale)) must be a number") }
    return min(max(scale, cfgScales.lowerBound), cfgScales.upperBound)
  }

  private static func checkGeneration(
    temperature: Double?, speed: Double?, tokens: Int?, language: String?, limits: RequestLimits
  ) throws(ServiceError) {
    if let temperature { try require(temperature, name(of: .temperature), in: temperatures) }
    if let speed {
      try require(speed, name(of: .speed), in: limits.speeds, shown: limits.speeds.inHundredths)
    }
    if let tokens { try require(tokens, name(of: .maxNewTokens), in: newTokens) }
    if let language, !limits.takesAnyLanguage, LanguageCode(rawValue: language) == nil {
      throw .validation(
        "\(name(of: .lang)) must be one of "
          + LanguageCode.allCases.map(\.rawValue).sorted().joined(separator: ", "))
    }
  }

  private static func checkFormat(
    _ settings: TurnSettings, rates: [Int]
  ) throws(ServiceError) {
    guard let rate = settings.sampleRate else { return }
    guard rates.contains(rate) else {
      throw .validation(
        "\(name(of: .sampleRate)) must be one of "
          + rates.map(\.description).joined(separator: ", "))
    }
    // 24000 is what SDKs send when their caller said nothing (section 10).
    if let format = settings.outputFormat, rate != format.rate, rate != 24_000 {
      throw .validation(
        "\(name(of: .sampleRate)) \(rate) contradicts \(name(of: .outputFormat)) \(format.rawValue)"
      )
    }
  }

  private static func checkDictionaries(_ settings: TurnSettings) throws(ServiceError) {
    guard let ids = settings.dictionaryIDs, !ids.isEmpty else { return }
    guard ids.count <= maximumDictionaries else {
      throw .validation(
        "\(name(of: .dictionaryIDs)) must be at most \(maximumDictionaries) entries")
    }
    guard settings.projectID != nil else {
      throw .validation("\(name(of: .dictionaryIDs)) requires \(name(of: .projectID))")
    }
  }

  private static func checkBuffer(_ settings: inout TurnSettings) throws(ServiceError) {
    if let timeout = settings.flushTimeoutMilliseconds {
      try require(timeout, name(of: .flushTimeout), atLeast: 0)
    }
    if let length = settings.maxBufferLength {
      try require(length, name(of: .maxBufferLength), atLeast: bufferLengths.lowerBound)
    }
    if let seconds = settings.inactivityTimeoutSeconds {
      try require(seconds, "inactivity_timeout", atLeast: 0)
    }
    // Honoured or ignored, never refused (section 17).
    settings.chunkLengthSchedule = settings.chunkLengthSchedule?.map { max(0, $0) }
  }

  /// - Parameter shown: the range as the refusal names it.
  private static func require<Value>(
    _ value: Value, _ name: String, in range: ClosedRange<Value>,
    shown: ClosedRange<Value>? = nil
  ) throws(ServiceError) {
    guard !range.contains(value) else { return }
    let range = shown ?? range
    throw .validation("\(name) must be between \(range.lowerBound) and \(range.upperBound)")
  }

  private static func require<Value: Comparable>(
    _ value: Value, _ name: String, atLeast least: Value
  ) throws(ServiceError) {
    guard value >= least else { throw .validation("\(name) must be at least \(least)") }
  }

  private static func name(of key: SettingKey) -> String { key.requestName }
}

extension TurnSettings {
  /// Codec and rate in which audio is to be delivered: the format's token is authoritative.
  ///
  /// Source: protocol notes, section 10.
  package var delivery: (encoding: AudioEncoding, rate: Int) {
    if let outputFormat { return (outputFormat.encoding, outputFormat.rate) }
    return (.pcm16, sampleRate ?? 24_000)
  }
}

/// Where services differ in what they take. The defaults are the protocol's.
package struct RequestLimits: Equatable, Sendable {
  /// Multiples of the normal pace.
  package var speeds = SettingOffer.kugelAudioSpeeds
  /// Whether languages beyond the protocol's list are spoken too.
  package var takesAnyLanguage = false
  /// Whether models that the protocol does not list are spoken with.
  package var takesAnyModel = false
  /// Hz on the wire.
  package var sampleRates = RequestValidator.sampleRates
  /// Whose dictionaries count where no project is named; nil: nobody's.
  package var projectDefault: Int?

  package init() {}
}
