import KugelWire

/// What a session of many contexts and its service have said over one connection, but for the contexts.
struct MultiTalk: Equatable, Sendable {
  /// When the service was asked to end the connection.
  private enum Farewell: Equatable, Sendable {
    case none
    case asked(givenUpAt: ContinuousClock.Instant)
    case answered
  }

  /// When anything last came, or the connection began.
  private(set) var lastHeard: ContinuousClock.Instant
  private var farewell = Farewell.none
  private var updatesUnderWay = 0

  init(at now: ContinuousClock.Instant) { lastHeard = now }

  mutating func heard(at now: ContinuousClock.Instant) { lastHeard = now }

  // MARK: Settings

  mutating func update(_ update: SettingsUpdate) -> ClientFrame {
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

  // MARK: The end

  var farewellDue: ContinuousClock.Instant? {
    if case .asked(let due) = farewell { due } else { nil }
  }

  /// Whether the service has to be asked for the end.
  var isToBeAsked: Bool { farewell == .none }

  mutating func askForTheEnd(givingUpAt due: ContinuousClock.Instant) -> ClientFrame {
    farewell = .asked(givenUpAt: due)
    return .closeSocket
  }

  mutating func endAnswered() { if farewellDue != nil { farewell = .answered } }

  func isOver(at now: ContinuousClock.Instant) -> Bool {
    switch farewell {
    case .none: false
    case .asked(let due): now >= due
    case .answered: true
    }
  }
}
