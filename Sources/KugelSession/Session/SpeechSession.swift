import KugelText
import KugelWire

/// A client's side of one connection with many turns: from text to audio, through losses and
/// interruptions.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 5, 13 and 21.
package struct SpeechSession: Sendable {
  package enum Event: Equatable, Sendable {
    /// Connect before there is anything to say.
    case start
    case opened
    case lost(ServiceFailure)
    case received(ServiceMessage)
    /// Settings for the turns to come.
    case configure(TurnSettings)
    case update(SettingsUpdate)
    /// Begins a turn when none is open.
    case text(String)
    case endTurn
    /// Barge-in: every turn that is not finished ends now.
    case cancel
    /// No turn will follow; the session ends when those under way have.
    case finish
    /// Outputs are full and reading stands still, or goes on.
    case held(Bool)
    case tick
  }

  package enum Action: Equatable, Sendable {
    case connect
    /// Drop the connection; what still comes from it is nobody's.
    case disconnect
    case send(ClientFrame)
    case turnBegan(Int)
    /// A text chunk went to the model.
    case segment(String, chunk: Int, turn: Int)
    case play(AudioFrame, turn: Int)
    case words([WordTime], chunk: Int, turn: Int)
    case settingsUpdated(SettingsInEffect)
    case settingsRefused(ServiceError)
    case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    /// The turn goes on over a new connection.
    case resumed(turn: Int)
    case turnEnded(TurnReport)
    /// Connecting failed for good while no turn was under way.
    case unreachable(SessionFailure)
    case finished
  }

  let policy: SessionPolicy
  var settings: TurnSettings
  var link: SessionLink
  var turns: UserTurns
  /// Turns sent and not answered, oldest first; what arrives belongs to the first.
  var wire: [WireTurn] = []
  /// The settings that this connection was told last; nil when none are sure to be in effect.
  var told: TurnSettings?
  /// When a cancelled turn's acknowledgement is given up.
  var acknowledgementDue: ContinuousClock.Instant?
  var updatesUnderWay = 0
  var finishing = false
  var finished = false
  var held = false
  /// Ends of turns that may still come for nothing: a flush that crossed the end of its turn.
  var strayCloses = 0
  var startedAt: ContinuousClock.Instant?
  private var lastTurn = 0

  package init(settings: TurnSettings, policy: SessionPolicy = SessionPolicy(), chance: Double = 0)
  {
    self.settings = settings
    self.policy = policy
    link = SessionLink(policy: policy, chance: chance)
    turns = UserTurns(limit: policy.charactersPerTurn)
  }

  package var isConnected: Bool { link.isUp }

  /// Whether more text would soon be spoken; a session holds all text that was not answered, so a long
  /// one should wait outside.
  package var hasRoom: Bool { wire.count < 8 }

  /// Whether any turn has been begun and not ended.
  package var isBusy: Bool { !turns.isEmpty }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard !finished else { return [] }
    if startedAt == nil { startedAt = now }
    var actions = handle(event, at: now)
    if finishing && turns.isEmpty && wire.isEmpty && acknowledgementDue == nil && !finished {
      finished = true
      if !link.isDown { actions.append(.disconnect) }
      link.drop()
      actions.append(.finished)
    }
    return actions
  }

  private mutating func handle(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    switch event {
    case .start: connectIfDown(at: now)
    case .opened: opened(at: now)
    case .lost(let loss): lost(loss, at: now)
    case .received(let message): received(message, at: now)
    case .configure(let newer): configure(newer)
    case .update(let update): self.update(update, at: now)
    case .text(let text): self.text(text, at: now)
    case .endTurn: endTurn(at: now)
    case .cancel: cancel(at: now)
    case .finish: finish(at: now)
    case .held(let held): hold(held, at: now)
    case .tick: tick(at: now)
    }
  }

  // MARK: What the user does

  private mutating func configure(_ newer: TurnSettings) -> [Action] {
    settings.merge(newer)
    return []
  }

  private mutating func update(_ update: SettingsUpdate, at now: ContinuousClock.Instant)
    -> [Action]
  {
    settings.merge(update)
    guard link.isUp else { return [] }
    told?.merge(update)
    updatesUnderWay += 1
    return [.send(.update(update))]
  }

  private mutating func text(_ text: String, at now: ContinuousClock.Instant) -> [Action] {
    let open = wire.last.flatMap { $0.isOpen ? $0.turn : nil }
    guard
      let taken = turns.append(
        text, beginning: lastTurn + 1, settings: settings, at: now, goesOn: { $0 == open })
    else { return [] }
    lastTurn = taken.turn
    var actions: [Action] = taken.began ? [.turnBegan(taken.turn)] : []
    guard !taken.parts.isEmpty else { return actions }
    for part in taken.parts { actions += send(part, turn: taken.turn, at: now) }
    return actions + connectIfDown(at: now)
  }

  private mutating func send(
    _ part: TurnRation.Part, turn: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    if wire.last.map({ $0.turn != turn || !$0.isOpen }) ?? true {
      guard !part.text.isEmpty else { return [] }
      wire.append(WireTurn(turn: turn, settings: turns.settings(of: turn)))
    }
    let last = wire.count - 1
    wire[last].text.append(part.text)
    if part.endsTurn {
      wire[last].flushed = true
      wire[last].flushedAt = now
    }
    guard link.isUp else { return [] }
    wire[last].flushSent = part.endsTurn
    return [.send(frame(text: part.text, of: wire[last], flush: part.endsTurn))]
  }

  /// The turn's settings travel with its first text, unless the connection has them.
  mutating func frame(text: String, of turn: WireTurn, flush: Bool) -> ClientFrame {
    defer { told = turn.settings }
    return ClientFrame(
      text: text, settings: told == turn.settings ? TurnSettings() : turn.settings, flush: flush)
  }

  private mutating func endTurn(at now: ContinuousClock.Instant) -> [Action] {
    guard let turn = turns.end() else { return [] }
    var actions: [Action] = []
    if let open = wire.indices.last, wire[open].turn == turn, !wire[open].flushed {
      wire[open].flushed = true
      wire[open].flushedAt = now
      if link.isUp && !wire[open].endedByService {
        wire[open].flushSent = true
        actions.append(.send(.flush))
      }
    }
    return actions + settle()
  }

  private mutating func cancel(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    if link.isUp && !wire.isEmpty {
      actions.append(.send(.cancel))
      acknowledgementDue = now + policy.cancelTimeout
      told = nil
    }
    link.giveUpWaiting()
    wire = []
    return actions + turns.cancel().map(Action.turnEnded)
  }

  private mutating func finish(at now: ContinuousClock.Instant) -> [Action] {
    finishing = true
    return endTurn(at: now)
  }

  private mutating func hold(_ hold: Bool, at now: ContinuousClock.Instant) -> [Action] {
    held = hold
    // The service was not silent while nobody listened.
    if !hold && !wire.isEmpty && wire[0].lastHeard != nil { wire[0].lastHeard = now }
    return []
  }

  // MARK: The ends of turns

  /// Reports the turns that are complete, oldest first.
  mutating func settle() -> [Action] { turns.settle(wire).map(Action.turnEnded) }

  /// Ends the user's turn that is being answered; text that still comes for it is not spoken.
  mutating func failFirst(_ failure: SessionFailure) -> [Action] {
    guard let turn = wire.first?.turn ?? turns.first, let report = turns.fail(turn, failure)
    else { return [] }
    wire.removeAll { $0.turn == turn }
    return [.turnEnded(report)] + settle()
  }
}
