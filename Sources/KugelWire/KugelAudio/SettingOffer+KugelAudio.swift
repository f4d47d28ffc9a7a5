extension SettingOffer {
  /// Multiples of the normal pace.
  ///
  /// Source: protocol notes, section 4.2.
  package static let kugelAudioSpeeds = 0.8...1.2

  /// Source: protocol notes, sections 4.2, 5.3 and 5.5. The pitch is ours: services without one ignore it.
  package static let kugelAudio = SettingOffer(
    of: "kugel",
    [
      SettingTerms(.voice, called: "voice_id"),
      SettingTerms(.lang, .language(asCode: true), called: "language"),
      SettingTerms(.model, called: "model_id"),
    ] + SettingTerms.paces(kugelAudioSpeeds)
      + [
        .pitch, .volume, .pan, .cfgScale, .temperature, .maxNewTokens,
        .wordTimestamps, .normalize, .projectID, .dictionaryIDs, .flushTimeout, .maxBufferLength,
        .chunkLengthSchedule, .autoMode, .speakerPrefix, .diffusionSteps, .inactivityTimeout,
      ].map { SettingTerms($0) } + [
        SettingTerms(.sampleRate, .oneOf(kugelAudioRates)),
        SettingTerms(.outputFormat, .words(OutputFormat.ofKugelAudio.map(\.rawValue))),
        SettingTerms(.optimizeStreamingLatency, .truth),
      ])

  /// Hz on the wire.
  ///
  /// Source: protocol notes, section 10.
  package static let kugelAudioRates = [8000, 16_000, 22_050, 24_000, 44_100]
}

extension SettingKey {
  /// What a request of the protocol calls it.
  package var requestName: String { SettingOffer.kugelAudio[self]?.wireName ?? rawValue }
}
