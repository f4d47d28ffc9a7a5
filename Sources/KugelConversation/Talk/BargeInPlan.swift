import KugelSession

/// A barge-in that waits for its moment, or is being carried out; never both.
struct BargeInPlan: Sendable {
  private enum State: Sendable {
    case none
    /// For the first sound of the turn; nil is the next one to begin.
    case armed(turn: Int?, delay: Duration, origin: Conversation.Origin)
    case timed(turn: Int, due: ContinuousClock.Instant, origin: Conversation.Origin)
    /// The sound is being cut.
    case silencing
  }

  private var state = State.none

  var isSilencing: Bool { if case .silencing = state { true } else { false } }
  /// Whether the first sound of a turn has to be noticed at once.
  var watchesSound: Bool { if case .armed = state { true } else { false } }
  /// When it is to happen, if that is known.
  var due: ContinuousClock.Instant? { if case .timed(_, let due, _) = state { due } else { nil } }

  /// - Parameters:
  ///   - turn: nil is the next one to begin.
  ///   - delay: from the first sound of the turn.
  mutating func arm(turn: SpokenTurn?, delay: Duration, _ origin: Conversation.Origin) {
    state = .armed(turn: turn?.number, delay: delay, origin: origin)
    if let turn, let moment = turn.soundReachedAt { soundReached(turn.number, at: moment) }
  }

  mutating func began(_ turn: Int) {
    if case .armed(nil, let delay, let origin) = state {
      state = .armed(turn: turn, delay: delay, origin: origin)
    }
  }

  mutating func soundReached(_ turn: Int, at moment: ContinuousClock.Instant) {
    if case .armed(turn, let delay, let origin) = state {
      state = .timed(turn: turn, due: moment + delay, origin: origin)
    }
  }

  /// Its moment has come.
  func isDue(at now: ContinuousClock.Instant) -> Bool { due.map { now >= $0 } ?? false }

  mutating func silence() { state = .silencing }
  mutating func silenced() { if isSilencing { state = .none } }
  mutating func disarm() { if !isSilencing { state = .none } }

  /// Nothing of the turn is left.
  ///
  /// - Returns: who wanted it cut, if that did not happen.
  mutating func over(_ turn: Int) -> Conversation.Origin? {
    switch state {
    case .armed(turn, _, let origin), .timed(turn, _, let origin):
      state = .none
      return origin
    case .none, .armed, .timed, .silencing: return nil
    }
  }
}
