import KugelWire

/// What a session and its service have said over one connection, as far as it matters for what follows.
///
/// Source: protocol notes, sections 5.5, 5.6 and 21.
struct SessionTalk: Equatable, Sendable {
  private enum Answers: Equatable, Sendable {
    /// They belong to the turns in order. So many ends may come for nothing before them: of flushes
    /// that crossed the end of their turn.
    case due(strayCloses: Int)
    /// Up to the last acknowledgement everything is of cancelled turns; each cancel has one of its own.
    case cancelling(acknowledgements: Int, givenUpAt: ContinuousClock.Instant)
  }

  private var answers = Answers.due(strayCloses: 0)
  /// The settings that the service was told last; nil when none are sure to be in effect.
  @Boxed private var told: TurnSettings? = nil
  private var updatesUnderWay = 0

  // MARK: Settings

  /// The turn's settings travel with its first text, unless the service has them.
  mutating func frame(_ text: String, of turn: WireTurn, flush: Bool) -> ClientFrame {
    defer { told = turn.settings }
    return ClientFrame(
      text: text, settings: told == turn.settings ? TurnSettings() : turn.settings, flush: flush)
  }

  mutating func update(_ update: SettingsUpdate) -> ClientFrame {
    told?.merge(update)
    updatesUnderWay += 1
    return .update(update)
  }

  mutating func updateTaken() { updatesUnderWay = max(0, updatesUnderWay - 1) }

  /// Whether an error is the answer to an update.
  mutating func takesAsRefusal(_ error: ServiceError) -> Bool {
    guard updatesUnderWay > 0, error.refusesUpdate else { return false }
    updatesUnderWay -= 1
    return true
  }

  // MARK: Cancelling

  /// When the acknowledgement of a cancel is given up; nil when none is waited for.
  var acknowledgementDue: ContinuousClock.Instant? {
    if case .cancelling(_, let due) = answers { due } else { nil }
  }

  mutating func cancel(givingUpAt due: ContinuousClock.Instant) -> ClientFrame {
    var others = 0
    if case .cancelling(let count, _) = answers { others = count }
    (answers, told) = (.cancelling(acknowledgements: others + 1, givenUpAt: due), nil)
    return .cancel
  }

  /// A cancel was acknowledged.
  mutating func acknowledged() {
    guard case .cancelling(let count, let due) = answers else { return }
    answers =
      count > 1
      ? .cancelling(acknowledgements: count - 1, givenUpAt: due) : .due(strayCloses: 0)
  }

  // MARK: Ends for nothing

  /// Whether an end may come for nothing; until then nothing is stray.
  var expectsStrayClose: Bool {
    if case .due(let count) = answers { count > 0 } else { false }
  }

  mutating func expectStrayClose() {
    if case .due(let count) = answers { answers = .due(strayCloses: count + 1) }
  }

  /// Whether this answers the end of a turn that for the service was over, or refused, when it came.
  mutating func takesAsStray(_ message: ServiceMessage) -> Bool {
    guard case .due(let count) = answers, count > 0 else { return false }
    switch message {
    case .sessionClosed(let totals, _) where totals == TurnTotals():
      answers = .due(strayCloses: count - 1)
      return true
    case .generationStarted, .audio, .sessionClosed: answers = .due(strayCloses: 0)
    case .wordTimes, .chunkComplete, .warning, .final, .interrupted, .settingsUpdated,
      .contextCreated, .contextTimeout, .contextClosed, .error:
      break
    }
    return false
  }
}
