import KugelSession
import KugelText
import KugelWire

/// One line that a conversation answers with.
package enum ConversationReply: Equatable, Sendable {
  case started
  case firstSound(Duration)
  case done(TurnFigures)
  case heard(samples: Int)
  /// `wasDone`: the service had finished it; only its sound was cut.
  case cancelled(TurnFigures, HeardText, wasDone: Bool)
  case failed(TurnFigures, SessionFailure)
  case empty(TurnFigures)
  case usage(Usage?)
  case mark(String)
  case warning(String)
  case retrying(attempt: Int, delay: Duration, cause: String)
  case resumed
  /// Connecting failed, and no turn was there to fail with it.
  case unreachable(SessionFailure)
  case problem(String)

  // The rest answers a command.
  case accepted
  case flushed
  case armed(after: Duration)
  case notArmed
  case nothingToCancel
  /// `reconnecting`: those of them that another connection is made for.
  case settings(live: [SettingChange], waiting: [SettingChange], reconnecting: [SettingKey])
  case paused(Bool)
  case volume(Double)
  case recording(String?)
  case expectation(Expectation, actual: Expectation.Value?, isMet: Bool)
  case status(ConversationStatus)
  case totals(ConversationTotals)
  case voices([Voice])
  case help
  /// The last line of all.
  case summary(ConversationTotals)
}

/// How things are when somebody asks.
package struct ConversationStatus: Equatable, Sendable {
  package var connected = false
  /// The turn being sent, answered or played.
  package var current: Int?
  package var waiting: [SettingChange] = []
  /// Of the last turn that was completed, as the service stated them.
  package var lastFinal: FinalStatistics?
  /// Of the turn asked about.
  package var figures: TurnFigures?
}

/// What all turns of a conversation came to.
package struct ConversationTotals: Equatable, Sendable {
  package var turns = 0
  package var cancelled = 0
  package var failed = 0
  package var audioSeconds = 0.0
  package var characters = 0
  package var gaps = 0
  /// As the services stated them; nil when any turn's is not known.
  package var costCents: Double? = 0
  package var currency: String?
  package var chargedSeconds: Double? = 0
  package var expectationsMissed = 0
  package var problems = 0

  mutating func add(_ figures: TurnFigures) {
    turns += 1
    switch figures.reason {
    case .cancelled: cancelled += 1
    case .failed: failed += 1
    case .complete, .empty, .open: break
    }
    audioSeconds += figures.audioSeconds
    characters += figures.characters
    gaps += figures.gaps
    guard figures.reason != .empty else { return }
    costCents = both(costCents, figures.usage?.costCents, +)
    chargedSeconds = both(chargedSeconds, figures.usage?.audioSeconds, +)
    currency = figures.usage?.currency ?? currency
  }
}
