extension TurnSettings {
  /// Takes over what an update carries.
  ///
  /// Source: protocol notes, section 5.5.
  package mutating func merge(_ update: SettingsUpdate) {
    cfgScale = update.cfgScale ?? cfgScale
    temperature = update.temperature ?? temperature
    speed = update.speed ?? speed
    maxNewTokens = update.maxNewTokens ?? maxNewTokens
    language = update.language ?? language
    normalize = update.normalize ?? normalize
  }

  /// What a service reports after an update, with the protocol's defaults for what was never set.
  package var inEffect: SettingsInEffect {
    SettingsInEffect(
      cfgScale: cfgScale ?? 2, temperature: temperature, maxNewTokens: maxNewTokens ?? 2048,
      language: language, normalize: normalize ?? true, speed: speed ?? 1)
  }
}
