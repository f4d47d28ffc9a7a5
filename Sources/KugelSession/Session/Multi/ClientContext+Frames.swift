import KugelWire

// What the service is sent of a context.
extension ClientContext {
  /// Opens it.
  ///
  /// - Parameters:
  ///   - update: for all contexts opened from now on.
  ///   - withPitch: whether another context has one, which the service would keep.
  func opening(_ update: SettingsUpdate, withPitch: Bool) -> ClientFrame {
    var settings = settings
    settings.merge(update)
    // Services keep what another context was given.
    settings.speed = settings.speed ?? 1
    if withPitch { settings.pitch = settings.pitch ?? 50 }
    var frame = frame(" ", flush: false)
    frame.contextSettings.voice = settings.voice
    frame.contextSettings.cfgScale = settings.cfgScale
    frame.contextSettings.maxNewTokens = settings.maxNewTokens
    (settings.voice, settings.cfgScale, settings.maxNewTokens) = (nil, nil, nil)
    frame.settings = settings
    return frame
  }

  /// What of its turns the service was not told.
  mutating func unsent(at now: ContinuousClock.Instant) -> [ClientFrame] {
    unsentText(at: now).map { piece in
      var frame = frame(piece.text, flush: piece.flush)
      if piece.text != nil { frame.settings.language = language }
      return frame
    }
  }

  func frame(_ text: String?, flush: Bool) -> ClientFrame {
    var frame = ClientFrame()
    frame.context = wireName
    frame.text = text
    frame.flush = flush
    return frame
  }

  func closing(immediate: Bool) -> ClientFrame {
    var frame = ClientFrame()
    frame.context = wireName
    frame.closeContext = true
    frame.immediate = immediate
    return frame
  }
}

extension TurnLane.News {
  func action(of context: String) -> MultiSession.Action {
    switch self {
    case .segment(let text, let chunk, let turn):
      .segment(text, chunk: chunk, turn: turn, context: context)
    case .play(let frame, let turn): .play(frame, turn: turn, context: context)
    case .words(let words, let chunk, let turn):
      .words(words, chunk: chunk, turn: turn, context: context)
    case .ended(let report): .turnEnded(report, context: context)
    }
  }
}

extension SettingsUpdate {
  /// This, and what `older` says beside it.
  func over(_ older: SettingsUpdate) -> SettingsUpdate {
    var merged = self
    merged.cfgScale = cfgScale ?? older.cfgScale
    merged.temperature = temperature ?? older.temperature
    merged.speed = speed ?? older.speed
    merged.maxNewTokens = maxNewTokens ?? older.maxNewTokens
    merged.language = language ?? older.language
    merged.normalize = normalize ?? older.normalize
    return merged
  }
}
