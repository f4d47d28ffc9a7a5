import KugelWire

extension ServiceCapabilities {
  /// How a growing text is sent to it.
  func feeding(_ settings: TurnSettings) -> SentenceFeed.Rules {
    let isAtOnce = settings.autoMode == true
    return SentenceFeed.Rules(
      schedule: isAtOnce ? [] : settings.chunkLengthSchedule ?? schedule ?? [],
      pause: .milliseconds(settings.flushTimeoutMilliseconds ?? 500), language: settings.language)
  }
}
