extension SettingOffer {
  /// Multiples of the normal pace.
  ///
  /// Source: OpenAI notes, section 2.
  package static let openAISpeeds = 0.25...4.0

  /// Most of what is set travels with each request. What bundles sentences is ours, and so is the
  /// language, by which sentences are found; the rate is that of sound without a header.
  ///
  /// Source: OpenAI notes, sections 2 and 6.
  package static let openAI = SettingOffer(
    of: "openai",
    [SettingTerms(.voice), .ours(.lang, .language(asCode: true)), SettingTerms(.model)]
      + SettingTerms.paces(openAISpeeds)
      + [
        .volume, .pan, .instructions, .streamFormat, .body,
      ].map { SettingTerms($0) }
      + [
        // The longest text that all servers take is 4,096 characters, and a sentence may follow.
        .ours(.sampleRate), .ours(.chunkLengthSchedule, .integers(0...3000)),
        .ours(.autoMode), .ours(.flushTimeout), .ours(.maxBufferLength), .ours(.wordTimestamps),
      ])

  /// Hz that headerless sound may have.
  package static let openAIRates = [
    8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
  ]
}

extension SettingTerms {
  /// Acted upon here: nothing travels under its name.
  fileprivate static func ours(_ key: SettingKey, _ kind: SettingKind? = nil) -> SettingTerms {
    var terms = SettingTerms(key, kind)
    terms.wireName = nil
    return terms
  }
}
