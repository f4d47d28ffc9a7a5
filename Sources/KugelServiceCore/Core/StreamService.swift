import KugelWire

/// A service's side of one `/ws/tts/stream` connection: many turns, one after another.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 5, 6 and 21.
package struct StreamService: ServiceCore {
  package typealias Event = ServiceEvent
  package typealias Action = ServiceAction

  private let profile: ServiceProfile
  private var settings = TurnSettings()
  private var turn: ServiceTurn?
  /// Frames for after the turn that is ending, in order.
  private var waiting: WaitingFrames
  private var nextJob = 0
  private var isSending = false
  private var draining = false
  private var closeWhenIdle = false
  private var closed = false

  package init(profile: ServiceProfile) {
    self.profile = profile
    waiting = WaitingFrames(limit: profile.waitingBytes)
  }

  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    guard let turn, !closed else { return nil }
    return [turn.bufferDeadline, idleDeadline(of: turn)].compactMap(\.self).min()
  }

  /// Whether a turn is open or being spoken.
  package var isBusy: Bool { turn != nil }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard !closed else { return [] }
    switch event {
    case .frame(let frame): return received(frame, at: now)
    case .unreadable(let error): return [.send(ServiceFrame(.error(error)))]
    case .engine(let news, let job): return engine(news, job: job, at: now)
    case .sending(let sending):
      isSending = sending
      if !sending { turn?.lastActivity = now }
      return []
    case .drain:
      draining = true
      return turn == nil ? close(1012, "service restart") : []
    case .disconnected:
      closed = true
      turn = nil
      waiting.removeAll()
      return [.abort]
    case .tick: return tick(at: now)
    }
  }

  // MARK: Frames

  private mutating func received(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> [Action]
  {
    if frame.cancel { return cancel(at: now) }
    let acknowledged = frame.update.map { [self.update($0)] } ?? []
    if turn?.isEnding == true {
      do throws(ServiceError) {
        try waiting.append(frame)
        return acknowledged
      } catch {
        return acknowledged + [.error(error)]
      }
    }
    return acknowledged + perform(frame, at: now)
  }

  private mutating func perform(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    var wasRefused = false
    do throws(ServiceError) {
      var merged = settings
      merged.merge(frame.settings)
      settings = try RequestValidator.check(merged, limits: profile.limits)
      if let text = frame.text, !text.isEmpty { actions = try append(text, at: now) }
    } catch {
      actions = refuse(error, at: now)
      wasRefused = true
    }
    if frame.closeSocket, !closed {
      closeWhenIdle = true
      return actions + (turn == nil ? close(1000, "") : end(at: now))
    }
    // The error was the end of the turn that the frame would have ended (section 21).
    if frame.flush || frame.close, !wasRefused {
      actions += turn == nil ? [emptyTurn()] : end(at: now)
    }
    return actions
  }

  private mutating func append(
    _ text: String, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [Action] {
    var open = if let turn { turn } else { try profile.turn(settings, at: now) }
    let chunks = try open.append(text, limit: profile.charactersPerTurn, at: now)
    turn = open
    return synthesise(chunks)
  }

  private mutating func synthesise(_ chunks: [String]) -> [Action] {
    guard var open = turn else { return [] }
    defer { turn = open }
    return open.jobs(for: chunks, rewritten: profile.rewrite, numbered: &nextJob)
      .map(Action.synthesise)
  }

  /// The turn's text is complete.
  private mutating func end(at now: ContinuousClock.Instant) -> [Action] {
    turn?.isEnding = true
    let chunks = turn?.flush() ?? []
    return synthesise(chunks) + endIfSpoken(at: now)
  }

  private mutating func cancel(at now: ContinuousClock.Instant) -> [Action] {
    waiting.removeAll()
    let abort: [Action] = turn == nil ? [] : [.abort]
    turn = nil
    return abort + [.send(ServiceFrame(.interrupted))] + afterTurn(at: now)
  }

  /// An error ends the turn under way; the connection stays.
  private mutating func refuse(_ error: ServiceError, at now: ContinuousClock.Instant)
    -> [Action]
  {
    let abort: [Action] = turn == nil ? [] : [.abort]
    turn = nil
    return abort + [.send(ServiceFrame(.error(error)))] + afterTurn(at: now)
  }

  private mutating func update(_ update: SettingsUpdate) -> Action {
    do throws(ServiceError) {
      settings.merge(try RequestValidator.check(update, limits: profile.limits))
    } catch {
      return .send(ServiceFrame(.error(error)))
    }
    return .send(ServiceFrame(.settingsUpdated(settings.inEffect)))
  }

  private func emptyTurn() -> Action {
    .send(ServiceFrame(.sessionClosed(TurnTotals(), usage: nil)))
  }

  // MARK: The engine

  private mutating func engine(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard turn?.pending.first?.id == job else { return [] }
    if case .failed(let error) = news { return refuse(error, at: now) }
    let messages = turn?.receive(news, at: now) ?? []
    return messages.map { .send(ServiceFrame($0)) } + endIfSpoken(at: now)
  }

  private mutating func endIfSpoken(at now: ContinuousClock.Instant) -> [Action] {
    guard let ending = turn, ending.isEnding, ending.isSpoken else { return [] }
    turn = nil
    let usage = profile.usage(of: ending)
    return [
      .send(ServiceFrame(.final(FinalStatistics(totals: ending.totals)))),
      .send(ServiceFrame(.sessionClosed(ending.totals, usage: usage))),
    ] + afterTurn(at: now)
  }

  /// What waited for the end of a turn happens now.
  private mutating func afterTurn(at now: ContinuousClock.Instant) -> [Action] {
    if draining { return close(1012, "service restart") }
    if closeWhenIdle { return close(1000, "") }
    var actions: [Action] = []
    while turn?.isEnding != true, !closed, let frame = waiting.popFirst() {
      actions += perform(frame, at: now)
    }
    return actions
  }

  private mutating func close(_ code: UInt16, _ reason: String) -> [Action] {
    closed = true
    return [.close(code: code, reason: reason)]
  }

  // MARK: Time

  /// A turn is idle only when nothing is generated or sent, and no text comes.
  private func idleDeadline(of turn: ServiceTurn) -> ContinuousClock.Instant? {
    guard !turn.isEnding, turn.pending.isEmpty, !isSending else { return nil }
    return turn.lastActivity + profile.idleTimeout
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    guard let waitingTurn = turn else { return [] }
    if let idle = idleDeadline(of: waitingTurn), now >= idle {
      let seconds = Int(profile.idleTimeout / .seconds(1))
      let warning =
        "Turn ended after \(seconds)s of inactivity. Flush a turn when its text is complete."
      return [.send(ServiceFrame(.warning(warning)))] + end(at: now)
    }
    if let stale = waitingTurn.bufferDeadline, now >= stale {
      let chunks = turn?.tick(at: now) ?? []
      return synthesise(chunks)
    }
    return []
  }
}
