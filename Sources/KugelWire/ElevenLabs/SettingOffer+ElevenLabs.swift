extension SettingOffer {
  /// What is in the address of a socket counts for another one only.
  ///
  /// Source: ElevenLabs notes, sections 4, 5.1, 7.1, 7.3 and 10.
  package static let elevenLabs = SettingOffer(
    of: "elevenlabs",
    [
      SettingTerms(.voice, nil, .newConnection, called: "voice_id"),
      SettingTerms(.lang, .language(asCode: true), .newConnection, called: "language_code"),
      SettingTerms(.model, nil, .newConnection, called: "model_id"),
    ] + SettingTerms.paces(0.7...1.2)
      + [
        SettingTerms(.volume),
        SettingTerms(
          .sampleRate, .oneOf(elevenLabsRates), .newConnection, called: "output_format"),
        SettingTerms(.outputFormat, nil, .newConnection), .here(.wordTimestamps),
        SettingTerms(.normalize, nil, .newConnection, called: "apply_text_normalization"),
        SettingTerms(.chunkLengthSchedule, .integers(50...500)),
        SettingTerms(.autoMode, nil, .newConnection), .here(.flushTimeout),
        SettingTerms(.stability), SettingTerms(.similarityBoost), SettingTerms(.style),
        SettingTerms(.speakerBoost),
        SettingTerms(.readsMarkup, nil, .newConnection),
        SettingTerms(.inactivityTimeout, .number(1...180), .newConnection),
        SettingTerms(.seed, nil, .newConnection),
        SettingTerms(.optimizeStreamingLatency, .integer(0...4), .newConnection),
        SettingTerms(.logging, nil, .newConnection),
        SettingTerms(.pronunciations, nil, .nextTurn, called: "pronunciation_dictionary_locators"),
        SettingTerms(.previousText, nil, .newConnection),
        SettingTerms(.nextText, nil, .newConnection), .here(.credential, .newConnection),
      ])

  /// Hz of samples.
  ///
  /// Source: ElevenLabs notes, section 4.
  private static let elevenLabsRates = [8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
}
