import KugelWire

/// A client's side of one connection with many turns: from text to audio, through losses and
/// interruptions.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 5, 13 and 21.
package struct SpeechSession: Sendable {
  private let policy: SessionPolicy
  private var settings: TurnSettings
  private var course = SessionCourse()
  private var link: SessionLink<SessionTalk>
  private var turns: UserTurns
  private var wire = WireQueue()
  private var isHeld = false
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
  /// Whether more text can be held: what waits stays below what a service lets wait.
  package var hasSomeRoom: Bool { wire.count < 32 }

  /// Whether any turn has been begun and not ended.
  package var isBusy: Bool { !turns.isEmpty }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    if course.isOver { return [] }
    course.begin(at: now)
    var actions = handle(event, at: now)
    if course.isFinishing && turns.isEmpty && wire.isEmpty && link.talk?.acknowledgementDue == nil {
      course.end()
      if !link.isDown { actions.append(.disconnect) }
      link.drop()
      actions.append(.finished)
    }
    return actions
  }

  private mutating func handle(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    switch event {
    case .start: return connectIfDown(at: now)
    case .opened: return opened(at: now)
    case .lost(let loss): return lost(loss, at: now)
    case .received(let message): return received(message, at: now)
    case .configure(let newer):
      settings.merge(newer)
      return []
    case .update(let update):
      settings.merge(update)
      return link.talk?.update(update).sent ?? []
    case .beginTurn:
      guard turns.begin(lastTurn + 1, settings: settings) else { return [] }
      lastTurn += 1
      return [.turnBegan(lastTurn)]
    case .text(let text): return self.text(text, at: now)
    case .endTurn: return endTurn(at: now)
    case .cancel: return cancel(at: now)
    case .finish:
      course.finish()
      return endTurn(at: now)
    case .held(let held):
      isHeld = held
      if !held { wire.forgive(at: now) }
      return []
    case .tick: return tick(at: now)
    }
  }

  // MARK: What the user does

  private mutating func text(_ text: String, at now: ContinuousClock.Instant) -> [Action] {
    let open = wire.open
    guard
      let taken = turns.append(
        text, beginning: lastTurn + 1, settings: settings, at: now, goesOn: { $0 == open })
    else { return [] }
    lastTurn = taken.turn
    var actions: [Action] = taken.began ? [.turnBegan(taken.turn)] : []
    guard !taken.parts.isEmpty else { return actions }
    for part in taken.parts {
      let sent = wire.append(
        part, to: taken.turn, settings: turns.settings(of: taken.turn), isSent: takesText, at: now)
      if let sent {
        actions += link.talk?.frame(part.text, of: sent, flush: part.endsTurn).sent ?? []
      }
    }
    return actions + connectIfDown(at: now)
  }

  private mutating func endTurn(at now: ContinuousClock.Instant) -> [Action] {
    guard let turn = turns.end() else { return [] }
    let isToBeTold = wire.end(turn, isSent: takesText, at: now)
    return (isToBeTold ? [.send(.flush)] : []) + settle()
  }

  private mutating func cancel(at now: ContinuousClock.Instant) -> [Action] {
    let due = now + policy.cancelTimeout
    let frame = wire.isEmpty ? nil : link.talk?.cancel(givingUpAt: due)
    link.giveUpWaiting()
    wire.drop()
    return (frame?.sent ?? []) + turns.cancel().map(Action.turnEnded)
  }

  // MARK: What the service says

  private mutating func received(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> [Action] {
    if case .settingsUpdated(let settings) = message {
      link.talk?.updateTaken()
      return [.settingsUpdated(settings)]
    }
    if link.talk?.acknowledgementDue != nil {
      guard message == .interrupted, var talk = link.talk else { return [] }
      talk.acknowledged()
      defer { link.talk = talk }
      return talk.acknowledgementDue == nil ? everything(over: &talk, at: now) : []
    }
    switch message {
    case .error(let error): return failed(error)
    case .interrupted, .settingsUpdated, .contextCreated, .contextTimeout, .contextClosed: return []
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final, .sessionClosed:
      if link.talk?.expectsStrayClose == true, link.talk?.takesAsStray(message) == true {
        return []
      }
    }
    guard let turn = wire.answered, turns.contains(turn) else { return [] }
    let fresh = wire.hear(message, at: now)
    switch message {
    case .generationStarted(let chunk, let text):
      turns.note(turn) { $0.segments += 1 }
      return [.segment(text, chunk: chunk, turn: turn)]
    case .audio:
      guard let fresh else { return [] }
      turns.note(turn) { $0.count(fresh, at: now) }
      return [.play(fresh, turn: turn)]
    case .wordTimes(let words, let chunk): return [.words(words, chunk: chunk, turn: turn)]
    case .chunkComplete(_, let seconds, let milliseconds):
      turns.note(turn) { $0.addMaking(milliseconds, of: seconds) }
      // Whoever resumes gets further with every chunk; whoever restarts may not, for ever.
      if policy.onDrop == .resume { link.proved() }
    case .warning(let warning): turns.note(turn) { $0.warnings.append(warning.text) }
    case .final(let statistics): turns.note(turn) { $0.close(with: statistics) }
    case .sessionClosed(let totals, let usage):
      link.proved()
      let spoken = totals.audioSeconds > 0 ? Usage(audioSeconds: totals.audioSeconds) : nil
      turns.note(turn) { $0.add(usage ?? spoken) }
      return close(at: now)
    case .interrupted, .settingsUpdated, .contextCreated, .contextTimeout, .contextClosed, .error:
      break
    }
    return []
  }

  private mutating func close(at now: ContinuousClock.Instant) -> [Action] {
    let closing = wire.closeFirst(at: now)
    if closing == .strayClose { link.talk?.expectStrayClose() }
    return (closing == .flush ? [.send(.flush)] : []) + settle()
  }

  private mutating func failed(_ error: ServiceError) -> [Action] {
    if link.talk?.takesAsRefusal(error) == true { return [.settingsRefused(error)] }
    guard let first = wire.first else { return [.unreachable(.service(ServiceFailure(error)))] }
    if first.flushSent, first.progress == ChunkProgress() { link.talk?.expectStrayClose() }
    return failFirst(.service(ServiceFailure(error)))
  }

  // MARK: The ends of turns

  /// Reports the turns that are complete, oldest first.
  private mutating func settle() -> [Action] { turns.settle(wire.turns).map(Action.turnEnded) }

  /// Ends the user's turn that is being answered; text that still comes for it is not spoken.
  private mutating func failFirst(_ failure: SessionFailure) -> [Action] {
    guard let turn = wire.answered ?? turns.first, let report = turns.fail(turn, failure)
    else { return [] }
    wire.drop(turn)
    return [.turnEnded(report)] + settle()
  }

  /// Ends everything under way; without a turn the failure itself is reported.
  private mutating func fail(_ failure: SessionFailure) -> [Action] {
    guard !wire.isEmpty else { return [.unreachable(failure)] }
    var actions: [Action] = []
    while !wire.isEmpty { actions += failFirst(failure) }
    return actions
  }

  // MARK: The connection

  private mutating func connectIfDown(at now: ContinuousClock.Instant) -> [Action] {
    link.dial(at: now) ? [.connect] : []
  }

  private mutating func opened(at now: ContinuousClock.Instant) -> [Action] {
    var talk = SessionTalk()
    let actions = everything(over: &talk, at: now)
    link.opened(talk)
    return actions
  }

  /// Every frame of the turns under way is sent, again where it was before, with the settings.
  private mutating func everything(
    over talk: inout SessionTalk, at now: ContinuousClock.Instant
  ) -> [Action] {
    wire.replay(at: now).flatMap { turn in
      turn.text.map { .send(talk.frame($0, of: turn, flush: false)) }
        + (turn.flushed ? [.send(.flush)] : [])
    }
  }

  /// What comes behind a cancel waits for its answer: without one it goes over another connection, and
  /// what had been sent over this one would be spoken, and paid, twice.
  private var takesText: Bool { link.isUp && link.talk?.acknowledgementDue == nil }

  private mutating func lost(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    let wasUp = link.isUp
    link.drop()
    // An idle connection that ends is opened again when it is needed.
    if wire.isEmpty && (wasUp || course.isFinishing) { return [] }
    switch wire.loss(policy.onDrop) {
    case .replayed: return retry(loss, at: now)
    case .complete:
      wire.complete()
      return settle() + (wire.isEmpty ? [] : retry(loss, at: now))
    case .lost: return fail(.service(loss))
    case .resumable(let rest):
      guard link.canRetry(after: loss) else { return fail(.service(loss)) }
      wire.resume(as: rest)
      return retry(loss, at: now) + [.resumed(turn: rest.turn)]
    }
  }

  private mutating func retry(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    guard let next = link.retry(after: loss, at: now) else { return fail(.service(loss)) }
    return [.retrying(attempt: next.attempt, after: next.pause, cause: loss)]
  }

  private mutating func hangUp() -> [Action] {
    link.drop()
    return [.disconnect]
  }

  // MARK: Time

  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    [link.deadline, link.talk?.acknowledgementDue, silence?.at, totalDeadline]
      .compactMap(\.self).min()
  }

  private var totalDeadline: ContinuousClock.Instant? {
    guard let since = course.since, let patience = policy.totalTimeout else { return nil }
    return since + patience
  }

  /// The service owes audio only for a turn whose text is complete.
  private var silence: (at: ContinuousClock.Instant, failure: SessionFailure)? {
    guard let talk = link.talk, talk.acknowledgementDue == nil, !isHeld, let turn = wire.first,
      let flushedAt = turn.flushedAt
    else { return nil }
    let stage = turn.hasAudio ? SessionFailure.Stage.stall : .first
    let patience = turn.hasAudio ? policy.stallTimeout : policy.firstTimeout
    let since = max(turn.lastHeard ?? flushedAt, flushedAt)
    return patience.map { (since + $0, .timedOut(stage, after: $0)) }
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    if let due = totalDeadline, now >= due {
      return hangUp() + fail(.timedOut(.total, after: policy.totalTimeout ?? .zero))
    }
    if let due = link.talk?.acknowledgementDue, now >= due {
      // Only a new connection is sure not to bring frames of the cancelled turn.
      return hangUp() + (wire.isEmpty ? [] : connectIfDown(at: now))
    }
    switch link.due(at: now) {
    case .connect: return [.connect]
    case .timedOut(let patience):
      let loss = ServiceFailure.unconnected(within: patience)
      return [.disconnect]
        + (link.canRetry(after: loss)
          ? retry(loss, at: now) : fail(.timedOut(.connect, after: patience)))
    case nil: break
    }
    if let silence, now >= silence.at { return hangUp() + fail(silence.failure) }
    return []
  }
}

extension ClientFrame {
  fileprivate var sent: [SpeechSession.Action] { [.send(self)] }
}
