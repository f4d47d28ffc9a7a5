import KugelText
import KugelWire

/// A client's side of one connection with many contexts, each with turns of its own: from text to
/// audio, through losses, refusals and interruptions.
///
/// A context is opened when it first speaks, or early; one that is not needed makes room when the
/// service has no more. What ails one context ends its turn only.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 7, 8.3, 13 and 21.
package struct MultiSession: Sendable {
  package enum Event: Equatable, Sendable {
    /// Connect before there is anything to say.
    case start
    case opened
    case lost(ServiceFailure)
    case received(ServiceFrame)
    /// Makes a context known, and opens it if there is a place. Its settings are complete: where
    /// contexts differ in something, each has to say it, because services keep what was last said.
    case open(String, TurnSettings)
    /// Begins a turn when none is open; the context must be known.
    case text(String, context: String)
    case endTurn(context: String)
    /// The context is not needed any more, once its turns are over.
    case close(context: String)
    /// Barge-in: every turn of the context, or of all, ends now.
    case cancel(context: String?)
    /// For contexts that are opened later.
    case update(SettingsUpdate)
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
    /// Turns count from 1 over all contexts.
    case turnBegan(Int, context: String)
    case segment(String, chunk: Int, turn: Int, context: String)
    case play(AudioFrame, turn: Int, context: String)
    case words([WordTime], chunk: Int, turn: Int, context: String)
    case turnEnded(TurnReport, context: String)
    /// The turn goes on over a new connection.
    case resumed(turn: Int, context: String)
    /// The service has closed the context, and says what it cost.
    case contextClosed(String, usage: Usage?)
    case settingsUpdated(SettingsInEffect)
    case settingsRefused(ServiceError)
    case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    /// Connecting failed for good while no turn was under way.
    case unreachable(SessionFailure)
    case finished
  }

  let policy: SessionPolicy
  var link: SessionLink
  var contexts: [String: ClientContext] = [:]
  /// Names in the order in which they became known.
  var order: [String] = []
  /// Contexts with something to say and no place, first come first.
  var queue: [String] = []
  /// Places of the service; fewer once it refuses.
  var places: Int
  var settingsUpdate = SettingsUpdate()
  var updatesUnderWay = 0
  /// When anything last came.
  var lastHeard: ContinuousClock.Instant?
  var held = false
  /// When the answer to `close_socket` is given up.
  var farewellDue: ContinuousClock.Instant?
  var startedAt: ContinuousClock.Instant?
  private var finishing = false
  private var finished = false
  private var lastTurn = 0
  /// When `tick` is due, or may be; nil when nothing is waited for.
  package private(set) var deadline: ContinuousClock.Instant?

  package init(policy: SessionPolicy = SessionPolicy(), chance: Double = 0) {
    self.policy = policy
    link = SessionLink(policy: policy, chance: chance)
    places = max(1, policy.contextLimit)
  }

  /// Whether any turn has been begun and not ended.
  package var isBusy: Bool { contexts.values.contains { $0.lane.isBusy } }

  /// Contexts that take up a place at the service.
  package var openContexts: Int { contexts.values.count { $0.takesPlace } }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard !finished else { return [] }
    if startedAt == nil { startedAt = now }
    if case .received(let frame) = event, isMoreAudio(frame) { return received(frame, at: now) }
    defer { deadline = finished ? nil : nextDeadline }
    var actions = handle(event, at: now)
    actions += pump(at: now)
    if finishing, !isBusy { actions += leave(at: now) }
    return actions
  }

  private mutating func handle(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    switch event {
    case .start: return connectIfDown(at: now)
    case .opened: return opened(at: now)
    case .lost(let loss): return lost(loss, at: now)
    case .received(let frame): return received(frame, at: now)
    case .open(let name, let settings): return open(name, settings, at: now)
    case .text(let text, let name): return self.text(text, name, at: now)
    case .endTurn(let name): return tell(contexts[name]?.lane.endTurn() ?? [], of: name)
    case .close(let name):
      contexts[name]?.closesWhenDone = true
      return tell(contexts[name]?.lane.endTurn() ?? [], of: name)
    case .cancel(let name?): return cancel(name, at: now)
    case .cancel(nil): return cancelAll(at: now)
    case .update(let update): return self.update(update)
    case .finish:
      finishing = true
      return order.flatMap { tell(contexts[$0]?.lane.endTurn() ?? [], of: $0) }
    case .held(let hold):
      held = hold
      // The service was not silent while nobody listened.
      if !hold, lastHeard != nil { lastHeard = now }
      return []
    case .tick: return tick(at: now)
    }
  }

  // MARK: What the user does

  private mutating func open(
    _ name: String, _ settings: TurnSettings, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard contexts[name] == nil else { return [] }
    contexts[name] = ClientContext(
      name: name, settings: settings, limit: policy.charactersPerTurn, at: now)
    order.append(name)
    // Early contexts take a free place; only text makes others give way.
    if link.isUp, openContexts < places { return create(name, at: now) }
    contexts[name]?.reopens = !link.isUp
    return []
  }

  private mutating func text(
    _ text: String, _ name: String, at now: ContinuousClock.Instant
  ) -> [Action] {
    contexts[name]?.closesWhenDone = false
    guard contexts[name]?.lane.append(text, number: lastTurn + 1, at: now) == true else {
      return []
    }
    lastTurn += 1
    return [.turnBegan(lastTurn, context: name)]
  }

  private mutating func update(_ update: SettingsUpdate) -> [Action] {
    settingsUpdate = update.over(settingsUpdate)
    guard link.isUp else { return [] }
    updatesUnderWay += 1
    return [.send(.update(update))]
  }

  func tell(_ news: [TurnLane.News], of name: String) -> [Action] {
    news.map { news in
      switch news {
      case .segment(let text, let chunk, let turn):
        .segment(text, chunk: chunk, turn: turn, context: name)
      case .play(let frame, let turn): .play(frame, turn: turn, context: name)
      case .words(let words, let chunk, let turn):
        .words(words, chunk: chunk, turn: turn, context: name)
      case .ended(let report): .turnEnded(report, context: name)
      }
    }
  }

  // MARK: The end

  /// Every turn is over: contexts are closed for what they cost, then the connection.
  private mutating func leave(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    if link.isUp {
      for name in order where contexts[name]?.isOpen == true { actions += close(name, at: now) }
      if openContexts > 0 { return actions }
      if farewellDue == nil {
        farewellDue = now + policy.cancelTimeout
        return actions + [.send(.closeSocket)]
      }
      if let due = farewellDue, now < due { return actions }
    }
    return actions + end()
  }

  mutating func end() -> [Action] {
    finished = true
    defer { link.drop() }
    return link.isDown ? [.finished] : [.disconnect, .finished]
  }

  var isFinishing: Bool { finishing }
}

extension SettingsUpdate {
  /// This, and what `older` says beside it.
  fileprivate func over(_ older: SettingsUpdate) -> SettingsUpdate {
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
