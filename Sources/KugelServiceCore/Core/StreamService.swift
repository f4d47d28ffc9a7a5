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

  /// Who speaks.
  private enum Floor: Sendable {
    case free
    /// A turn that takes text.
    case open(ServiceTurn)
    /// Its text is complete; the frames that came since are for after it, in order.
    case ending(ServiceTurn, waiting: WaitingFrames)
  }

  /// What becomes of the connection.
  private enum Course: Sendable {
    case open
    /// It ends with the turn under way: the client wants that, or the service shuts down.
    case closing(ServiceAction)
    case closed
  }

  private let profile: ServiceProfile
  private var settings = TurnSettings()
  private var floor = Floor.free
  private var course = Course.open
  private var nextJob = 0
  private var isSending = false

  package init(profile: ServiceProfile) { self.profile = profile }

  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    guard case .open(let turn) = floor else { return nil }
    return [turn.bufferDeadline, idleDeadline(of: turn)].compactMap(\.self).min()
  }

  /// Whether a turn is open or being spoken.
  package var isBusy: Bool { turn != nil }

  private var turn: ServiceTurn? {
    switch floor {
    case .free: nil
    case .open(let turn), .ending(let turn, waiting: _): turn
    }
  }

  private var isClosed: Bool { if case .closed = course { true } else { false } }

  /// Changes the turn under way where it is: a copy of its text would cost more the longer it is.
  private mutating func change<Result>(_ body: (inout ServiceTurn) -> Result) -> Result? {
    switch floor {
    case .free: return nil
    case .open(var turn):
      floor = .free
      defer { floor = .open(turn) }
      return body(&turn)
    case .ending(var turn, let waiting):
      floor = .free
      defer { floor = .ending(turn, waiting: waiting) }
      return body(&turn)
    }
  }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard !isClosed else { return [] }
    switch event {
    case .frame(let frame): return received(frame, at: now)
    case .unreadable(let error): return [.send(ServiceFrame(.error(error)))]
    case .engine(let news, let job): return engine(news, job: job, at: now)
    case .sending(let sending):
      isSending = sending
      if !sending { _ = change { $0.lastActivity = now } }
      return []
    case .drain:
      course = .closing(.drained)
      return closeIfFree()
    case .disconnected:
      (course, floor) = (.closed, .free)
      return [.abort]
    case .tick: return tick(at: now)
    }
  }

  // MARK: Frames

  private mutating func received(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> [Action]
  {
    if frame.cancel { return cancel(at: now) }
    let acknowledged = frame.update.map { [self.update($0)] } ?? []
    guard case .ending(let turn, var waiting) = floor else {
      return acknowledged + perform(frame, at: now)
    }
    do throws(ServiceError) {
      try waiting.append(frame)
    } catch {
      return acknowledged + [.error(error)]
    }
    floor = .ending(turn, waiting: waiting)
    return acknowledged
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
    if frame.closeSocket, !isClosed {
      if case .open = course { course = .closing(.close(code: 1000, reason: "")) }
      return actions + (isBusy ? end(at: now) : closeIfFree())
    }
    // The error was the end of the turn that the frame would have ended (section 21).
    if frame.flush || frame.close, !wasRefused {
      actions += isBusy ? end(at: now) : [emptyTurn()]
    }
    return actions
  }

  private mutating func append(
    _ text: String, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [Action] {
    var open = if let turn { turn } else { try profile.turn(settings, at: now) }
    let chunks = try open.append(text, limit: profile.charactersPerTurn, at: now)
    floor = .open(open)
    return synthesise(chunks)
  }

  private mutating func synthesise(_ chunks: [String]) -> [Action] {
    var next = nextJob
    let profile = profile
    let jobs = change { $0.jobs(for: chunks, of: profile, numbered: &next) } ?? []
    nextJob = next
    return jobs.map(Action.synthesise)
  }

  /// The turn's text is complete.
  private mutating func end(at now: ContinuousClock.Instant) -> [Action] {
    if case .open(let turn) = floor {
      floor = .ending(turn, waiting: WaitingFrames(limit: profile.waitingBytes))
    }
    let chunks = change { $0.flush() } ?? []
    return synthesise(chunks) + endIfSpoken(at: now)
  }

  private mutating func cancel(at now: ContinuousClock.Instant) -> [Action] {
    let abort: [Action] = isBusy ? [.abort] : []
    let end = Action.end(of: turn, .interrupted)
    floor = .free
    return abort + [.send(ServiceFrame(.interrupted))] + end + closeIfFree()
  }

  /// An error ends the turn under way; the connection stays.
  private mutating func refuse(_ error: ServiceError, at now: ContinuousClock.Instant)
    -> [Action]
  {
    let abort: [Action] = isBusy ? [.abort] : []
    return abort + [.send(ServiceFrame(.error(error)))] + Action.end(of: turn, .failed)
      + leaveFloor(at: now)
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
    let messages = change { $0.receive(news, at: now) } ?? []
    return messages.map { .send(ServiceFrame($0)) } + endIfSpoken(at: now)
  }

  private mutating func endIfSpoken(at now: ContinuousClock.Instant) -> [Action] {
    guard case .ending(let ending, waiting: _) = floor, ending.isSpoken else { return [] }
    let usage = profile.usage(of: ending)
    return [
      .send(ServiceFrame(.final(FinalStatistics(totals: ending.totals)))),
      .send(ServiceFrame(.sessionClosed(ending.totals, usage: usage))),
    ] + Action.end(of: ending, .completed) + leaveFloor(at: now)
  }

  /// The turn is over: what waited for that happens now.
  private mutating func leaveFloor(at now: ContinuousClock.Instant) -> [Action] {
    var left = WaitingFrames(limit: profile.waitingBytes)
    if case .ending(_, let waiting) = floor { left = waiting }
    floor = .free
    var actions = closeIfFree()
    while !isClosed {
      // Another turn is ending: the rest waits for its end too.
      if case .ending(let turn, waiting: _) = floor {
        floor = .ending(turn, waiting: left)
        break
      }
      guard let frame = left.popFirst() else { break }
      actions += perform(frame, at: now)
    }
    return actions
  }

  private mutating func closeIfFree() -> [Action] {
    guard case .free = floor, case .closing(let last) = course else { return [] }
    course = .closed
    return [last]
  }

  // MARK: Time

  /// A turn is idle only when nothing is generated or sent, and no text comes.
  private func idleDeadline(of turn: ServiceTurn) -> ContinuousClock.Instant? {
    guard turn.pending.isEmpty, !isSending else { return nil }
    return turn.lastActivity + profile.idleTimeout
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    guard case .open(let waitingTurn) = floor else { return [] }
    if let idle = idleDeadline(of: waitingTurn), now >= idle {
      let seconds = Int(profile.idleTimeout / .seconds(1))
      return [.send(ServiceFrame(.warning(.idle(seconds: seconds))))] + end(at: now)
    }
    if let stale = waitingTurn.bufferDeadline, now >= stale {
      let chunks = change { $0.tick(at: now) } ?? []
      return synthesise(chunks)
    }
    return []
  }
}
