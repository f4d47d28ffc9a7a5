// What becomes of the turns, and how a conversation is broken off.
extension Conversation {
  mutating func observed(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], connected now: Bool,
    at time: ContinuousClock.Instant
  ) -> [Action] {
    let wasConnected = connected
    connected = now
    if lastTick == nil { lastTick = time }
    var replies: [Action] = []
    for piece in ledger.observe(event, actions, at: time) { replies += news(piece, at: time) }
    for action in actions {
      switch action {
      case .retrying(let attempt, let delay, let cause):
        replies += answer(
          .retrying(attempt: attempt, delay: delay, cause: cause.cause), Origin())
      case .resumed(let turn): replies += tell(.resumed, turn: turn)
      case .settingsRefused(let error): replies += problem(error.message, Origin())
      case .unreachable(let failure):
        replies += answer(.unreachable(failure), Origin())
        if isForGood(failure, wasConnected: wasConnected) { replies += leave(for: failure) }
      case .turnEnded(let report):
        if case .failed(let failure) = report.ending,
          isForGood(failure, wasConnected: wasConnected)
        {
          replies += leave(for: failure)
        }
      case .connect, .disconnect, .send, .turnBegan, .segment, .play, .words, .settingsUpdated,
        .finished:
        break
      }
    }
    return replies
  }

  mutating func news(
    _ news: TurnLedger.News, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch news {
    case .began(let turn):
      turnOrigins[turn] = textOrigin
      if bargeIn != nil, bargeIn?.turn == nil { bargeIn?.turn = turn }
      return tell(.started, turn: turn)
    case .firstByte: return []
    case .firstSound(let turn, let after): return tell(.firstSound(after), turn: turn)
    case .soundReached(let turn, let moment):
      if let bargeIn, bargeIn.turn == turn { self.bargeIn?.due = moment + bargeIn.delay }
      return []
    case .ended(let turn, let report): return ended(turn, report)
    case .heard(let turn):
      let marks = reached(turn, isOver: true)
      let heard = turn.samples > 0 ? tell(.heard(samples: turn.samples), turn: turn.number) : []
      return marks + heard + over(turn)
    case .cut(let turn): return cut(turn)
    }
  }

  private mutating func ended(_ turn: SpokenTurn, _ report: TurnReport) -> [Action] {
    let figures = TurnFigures(turn, report)
    totals.add(figures)
    remember(figures)
    if report.ending == .complete, var final = report.final {
      final.originalText = nil
      lastFinal = final
    }
    var replies = report.warnings.flatMap { tell(.warning($0), turn: turn.number) }
    switch report.ending {
    case .complete: replies += tell(.done(figures), turn: turn.number)
    case .empty: replies += tell(.empty(figures), turn: turn.number)
    case .cancelled: break
    case .failed(let failure):
      // Its text may still be coming.
      lostTurn = lostTurn || turn.wasOpen
      replies += tell(.failed(figures, failure), turn: turn.number)
    }
    if setup.style == .json, report.ending != .empty {
      replies += tell(.usage(report.usage), turn: turn.number)
    }
    return replies
  }

  private mutating func cut(_ turn: SpokenTurn) -> [Action] {
    let wasDone = turn.report?.ending != .cancelled
    if wasDone { totals.cancelled += 1 }
    let figures = TurnFigures(turn)
    let marks = reached(turn, isOver: false)
    let text = turn.cut ?? turn.heard
    bargeIn = bargeIn?.turn == turn.number ? nil : bargeIn
    return marks + tell(.cancelled(figures, text, wasDone: wasDone), turn: turn.number)
      + over(turn)
  }

  /// Nothing of the turn is left.
  private mutating func over(_ turn: SpokenTurn) -> [Action] {
    var figures = TurnFigures(turn)
    figures.heard = turn.heard
    if let cut = turn.cut { figures.heard = cut }
    remember(figures)
    turnOrigins[turn.number] = nil
    marks.removeAll { $0.turn == turn.number }
    guard let bargeIn, bargeIn.turn == turn.number else { return [] }
    self.bargeIn = nil
    return answer(.notArmed, bargeIn.origin, turn: turn.number)
  }

  private mutating func remember(_ latest: TurnFigures) {
    figures.removeAll { $0.turn == latest.turn }
    // Texts of the last turn only: what is kept must not grow with the conversation.
    for index in figures.indices {
      figures[index].heard = nil
      figures[index].spokenText = ""
      figures[index].final?.originalText = nil
    }
    figures.append(latest)
    if figures.count > 100 { figures.removeFirst() }
  }

  // MARK: The sound

  mutating func played(_ position: Int, at now: ContinuousClock.Instant) -> [Action] {
    lastTick = now
    var actions: [Action] = []
    for piece in ledger.played(position, at: now) { actions += news(piece, at: now) }
    guard let first = marks.first, let turn = ledger.turn(first.turn) else { return actions }
    return actions + reached(turn, isOver: false)
  }

  /// Tells the marks of a turn that have been heard.
  private mutating func reached(_ turn: SpokenTurn, isOver: Bool) -> [Action] {
    guard marks.contains(where: { $0.turn == turn.number }) else { return [] }
    let solid = isOver ? .max : (turn.cut ?? turn.heard).heard.withoutWhitespace.count
    let due = marks.filter { $0.turn == turn.number && $0.solid <= solid && turn.played > 0 }
    marks.removeAll { due.contains($0) }
    return due.flatMap { answer(.mark($0.name), $0.origin, turn: turn.number) }
  }

  mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    lastTick = now
    guard let due = bargeIn?.due, now >= due, !silencing else { return [] }
    bargeIn = nil
    silencing = true
    return [.silence]
  }

  // MARK: Breaking off

  mutating func interrupt(at now: ContinuousClock.Instant) -> [Action] {
    if let last = lastInterrupt, now - last < .seconds(1) {
      wasInterrupted = true
      return stop()
    }
    lastInterrupt = now
    queue = []
    block = nil
    asking = nil
    bargeIn = nil
    lostTurn = false
    guard !ledger.isIdle else { return [] }
    silencing = true
    return [.silence]
  }

  mutating func stop() -> [Action] {
    inputEnded = true
    queue = []
    block = nil
    asking = nil
    bargeIn = nil
    guard !ledger.isIdle, !silencing else { return [] }
    silencing = true
    return [.silence]
  }

  private mutating func leave(for failure: SessionFailure) -> [Action] {
    gone = gone ?? failure
    inputEnded = true
    queue = []
    block = nil
    asking = nil
    return []
  }

  /// Whether another turn would meet the same: the key or the credit, or nobody there at all. Who
  /// sits at a terminal may try again.
  private func isForGood(_ failure: SessionFailure, wasConnected: Bool) -> Bool {
    let isUnreachable = !wasConnected && !connected && setup.style != .prompt
    return switch failure {
    case .service(let failure):
      failure.kind == .refused || failure.kind == .noCredit || isUnreachable
    case .timedOut(.connect, after: _): isUnreachable
    case .timedOut: false
    }
  }
}
