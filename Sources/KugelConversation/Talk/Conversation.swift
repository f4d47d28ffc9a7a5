import KugelSession
import KugelText
import KugelWire

/// A conversation: many turns in one session, made by commands, interrupted at will.
///
/// Pure: opens nothing, reads no clock. Report each event with its time and how the turns stand, and
/// perform the returned actions in order; then call `next` and perform what it returns until it returns
/// nil. What a session event among the actions leads to is reported back by `happened` before the next
/// action. `deadline` says when `tick` is due.
package struct Conversation: Sendable {
  private let style: ConversationStyle
  private var agenda = Agenda()
  private var turns: ConversationTurns
  private var voices: VoiceChoice
  private var settings: PendingSettings
  private var interrupts = InterruptBurst()
  private var isPaused = false
  private var wasConnected = false
  /// When the position was last looked at.
  private var lastLook: ContinuousClock.Instant?
  private var textOrigin = Origin()
  /// nil as long as it goes on, and when it came to its end.
  private var leaving: Leaving?

  package init(_ setup: Setup) {
    style = setup.style
    turns = ConversationTurns(style: setup.style)
    voices = VoiceChoice(setup)
    settings = PendingSettings(setup)
  }

  /// What all turns came to.
  package var totals: ConversationTotals { turns.records.totals }
  /// The service will not answer any more.
  package var gone: SessionFailure? {
    if case .gone(let failure) = leaving { failure } else { nil }
  }
  /// Whoever was at the terminal left by interrupting.
  package var wasInterrupted: Bool { leaving == .interrupted }
  /// Of the input, where the text stood that was taken last.
  package var textLine: Int? { textOrigin.line }
  /// To choose from; nil as long as they were not asked for.
  package var knownVoices: [Voice]? { voices.known }
  /// Whether more input may be given now.
  package var wantsInput: Bool { agenda.wantsInput }

  /// - Parameter run: what happened in it so far.
  package mutating func receive(
    _ event: Event, in run: Happenings, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch event {
    case .input(let input):
      agenda.add(input)
      return []
    case .endOfInput:
      agenda.endInput()
      return []
    case .interrupt: return interrupt(run.ledger, at: now)
    case .skip: return run.ledger.isIdle || turns.isSilencing ? [] : silence()
    case .stop: return stop(run.ledger)
    case .happened(let happenings):
      if lastLook == nil { lastLook = now }
      return hear(happenings, in: run)
    case .silenced(let happenings):
      turns.silenced()
      return hear(happenings, in: run) + [.session(.cancel)]
    case .looked(let happenings):
      lastLook = now
      return hear(happenings, in: run) + turns.heard(in: run.ledger).map(Action.reply)
    case .togglePause: return pause(!isPaused, Origin())
    case .recording(let path, let error, let origin):
      guard let error else { return answer(.recording(path), origin) }
      return problem(error, origin)
    case .voices(let result): return listed(result, in: run, at: now)
    case .tick:
      lastLook = now
      return turns.begins(at: now) ? [.silence] : []
    }
  }

  /// What is to be done next; nil when there is nothing, or something is waited for.
  package mutating func next(in run: Happenings, at now: ContinuousClock.Instant) -> [Action]? {
    let ledger = run.ledger
    guard !turns.isSilencing, agenda.isGoing else { return nil }
    if ledger.open == nil, let changes = settings.takeWaiting() { return [configuration(changes)] }
    if let (wait, origin) = agenda.wait {
      guard isOver(wait, in: ledger, at: now) else { return nil }
      agenda.goOn()
      return accepted(origin)
    }
    if let request = agenda.takeFirst() { return perform(request, in: run, at: now) }
    guard agenda.inputHasEnded else { return nil }
    if ledger.open != nil { return [.session(.endTurn)] }
    // A pause that nobody is left to end.
    guard ledger.isIdle else { return isPaused ? pause(false, Origin()) : nil }
    agenda.end()
    return answer(.summary(totals), Origin()) + [.session(.finish)]
  }

  /// When `tick` is due, after the position was looked at; nil when nothing is waited for.
  package func deadline(in run: Happenings) -> ContinuousClock.Instant? {
    let ledger = run.ledger
    var due: [ContinuousClock.Instant] = []
    if case .until(let end) = agenda.wait?.for { due.append(end) }
    if let end = turns.due { due.append(end) }
    if ledger.hasSound, !isPaused, let lastLook {
      let rate = max(ledger.turns.last?.rate ?? 0, 8000)
      let left = Duration.seconds(Double(ledger.offered - ledger.position) / Double(rate))
      let longest = Duration.milliseconds(turns.watchesSound || run.awaitsFirstSound ? 20 : 250)
      due.append(lastLook + max(min(left, longest), .milliseconds(5)))
    }
    return due.min()
  }

  private func isOver(
    _ wait: Agenda.Wait, in ledger: TurnLedger, at now: ContinuousClock.Instant
  ) -> Bool {
    switch wait {
    case .final: ledger.isFinal
    case .heard: ledger.isIdle
    case .until(let end): now >= end
    case .sound(let turn): isPaused || ledger.turn(turn)?.awaitsFirstSound != true
    }
  }

  // MARK: What happens

  private mutating func hear(_ happenings: [Happening], in run: Happenings) -> [Action] {
    let couldAnswer = wasConnected || run.isConnected
    wasConnected = run.isConnected
    var actions: [Action] = []
    for happening in happenings {
      actions += turns.hear(happening, id: textOrigin.id).map(Action.reply)
      if let failure = happening.failure,
        failure.isForGood(isUnreachable: !couldAnswer && style != .prompt)
      {
        if leaving == nil { leaving = .gone(failure) }
        agenda.leave()
      }
    }
    return actions
  }

  // MARK: Breaking off

  private mutating func interrupt(
    _ ledger: TurnLedger, at now: ContinuousClock.Instant
  ) -> [Action] {
    if interrupts.strike(at: now) > 1 {
      leaving = .interrupted
      return stop(ledger)
    }
    agenda.drop()
    turns.dropPlan()
    _ = turns.endLostText()
    return ledger.isIdle ? [] : silence()
  }

  private mutating func stop(_ ledger: TurnLedger) -> [Action] {
    agenda.leave()
    turns.dropPlan()
    return ledger.isIdle || turns.isSilencing ? [] : silence()
  }

  private mutating func silence() -> [Action] {
    turns.silence()
    return [.silence]
  }

  // MARK: Answers

  private func answer(_ reply: ConversationReply, _ origin: Origin, turn: Int? = nil) -> [Action] {
    [.reply(Answer(reply: reply, turn: turn, origin: origin))]
  }

  /// Programs that name their requests hear of each.
  private func accepted(_ origin: Origin) -> [Action] {
    style == .json && origin.id != nil ? answer(.accepted, origin) : []
  }

  private mutating func problem(_ message: String, _ origin: Origin) -> [Action] {
    [.reply(turns.problem(message, origin))]
  }

  private func configuration(_ changes: [SettingChange]) -> Action {
    var settings = TurnSettings()
    for change in changes { settings.apply(change) }
    return .session(.configure(settings))
  }

  // MARK: Commands

  private mutating func perform(
    _ request: ConversationRequest, in run: Happenings, at now: ContinuousClock.Instant
  ) -> [Action] {
    let origin = Origin(request)
    switch request.request {
    case .success(let command):
      if voices.isNeeded(for: command) {
        agenda.ask(for: request)
        return [.listVoices]
      }
      if case .expect(let expectation) = command, let turn = run.ledger.turns.last,
        expectation.subject == .firstSound, turn.awaitsFirstSound, !isPaused
      {
        agenda.wait(for: .sound(turn: turn.number), before: request)
        return []
      }
      return perform(command, origin, in: run, at: now)
    case .failure(let fault): return problem(fault.message, origin)
    }
  }

  private mutating func perform(
    _ command: ConversationCommand, _ origin: Origin, in run: Happenings,
    at now: ContinuousClock.Instant
  ) -> [Action] {
    let ledger = run.ledger
    switch command {
    case .send(let text):
      textOrigin = origin
      return accepted(origin) + [.session(.text(text))]
    case .say(let text):
      textOrigin = origin
      let clear: [Action] = turns.endLostText() ? [.session(.endTurn)] : []
      return accepted(origin) + clear + [.session(.text(text)), .session(.endTurn)]
    case .blank: return end(ledger, origin, isBlank: true)
    case .end: return end(ledger, origin, isBlank: false)
    case .flush:
      guard let open = ledger.open else { return problem("no turn is open", origin) }
      return answer(.flushed, origin, turn: open.number) + [.session(.endTurn)]
    case .cancel(nil):
      turns.dropPlan()
      guard turns.endLostText() || !ledger.isIdle else { return answer(.nothingToCancel, origin) }
      return accepted(origin) + silence()
    case .cancel(let delay?):
      turns.plan(after: delay, of: ledger.turns.last, origin)
      return style == .json
        ? answer(.armed(after: delay), origin, turn: ledger.turns.last?.number) : []
    case .set(let changes): return set(changes, isOpen: ledger.open != nil, origin)
    case .wait(let wait): return self.wait(wait, ledger, origin, at: now)
    case .mark(let name):
      guard let turn = ledger.turns.last else { return answer(.mark(name), origin) }
      turns.mark(name, in: turn, origin)
      return accepted(origin)
    case .pause: return pause(true, origin)
    case .resume: return pause(false, origin)
    case .back: return [.go(back: true)] + accepted(origin)
    case .on: return [.go(back: false)] + accepted(origin)
    case .volume(let level): return [.volume(decibels: level)] + answer(.volume(level), origin)
    case .save(let path): return [.record(path, origin)]
    case .expect(let expectation): return [.reply(turns.expect(expectation, in: ledger, origin))]
    case .status(let turn): return status(turn, in: run, origin)
    case .usage: return answer(.totals(totals), origin)
    case .voices(let word): return answer(.voices(voices.mentioning(word)), origin)
    case .help: return answer(.help, origin)
    case .quit:
      agenda.leave()
      return accepted(origin)
    }
  }

  private mutating func end(_ ledger: TurnLedger, _ origin: Origin, isBlank: Bool) -> [Action] {
    let wasLost = turns.endLostText()
    if wasLost || ledger.open != nil {
      if style == .script { agenda.wait(for: .final, origin) }
      return (style == .script ? [] : accepted(origin)) + [.session(.endTurn)]
    }
    // A script waits for the turn that was ended before.
    if isBlank || !ledger.isFinal && style == .script {
      if style == .script { agenda.wait(for: .final, origin) }
      return []
    }
    return problem("no turn is open", origin)
  }

  private mutating func set(
    _ changes: [SettingChange], isOpen: Bool, _ origin: Origin
  ) -> [Action] {
    let taken: PendingSettings.Taken
    do throws(ConversationProblem) {
      taken = try settings.take(try voices.resolve(changes), isOpen: isOpen)
    } catch {
      return problem(error.message, origin)
    }
    var actions: [Action] = taken.live.compactMap { change in
      change.key == .volume ? change.value.number.map { .volume(decibels: $0) } : nil
    }
    let session = taken.live.filter { !$0.key.setting.isLocal }
    if !session.isEmpty { actions.append(configuration(session)) }
    return actions
      + answer(
        .settings(live: taken.live, waiting: taken.later, reconnecting: taken.reconnecting),
        origin)
  }

  private mutating func listed(
    _ result: Result<[Voice], ConversationProblem>, in run: Happenings,
    at now: ContinuousClock.Instant
  ) -> [Action] {
    let asked = agenda.answered()
    switch result {
    case .success(let list):
      voices.learn(list)
      return asked.map { perform($0, in: run, at: now) } ?? []
    // Asked again when they are needed again.
    case .failure(let fault): return asked.map { problem(fault.message, Origin($0)) } ?? []
    }
  }

  private mutating func wait(
    _ wait: ConversationCommand.Wait, _ ledger: TurnLedger, _ origin: Origin,
    at now: ContinuousClock.Instant
  ) -> [Action] {
    if case .time(let time) = wait {
      agenda.wait(for: .until(now + time), origin)
      return []
    }
    if let open = ledger.open {
      return problem("turn \(open.number) is still open; end it first", origin)
    }
    if wait == .heard && isPaused {
      return problem("the sound is paused; resume it first", origin)
    }
    agenda.wait(for: wait == .final ? .final : .heard, origin)
    return []
  }

  private mutating func pause(_ pause: Bool, _ origin: Origin) -> [Action] {
    isPaused = pause
    return [.pause(pause)] + answer(.paused(pause), origin)
  }

  private mutating func status(_ turn: Int?, in run: Happenings, _ origin: Origin) -> [Action] {
    var status = ConversationStatus()
    status.connected = run.isConnected
    status.lastFinal = turns.records.lastFinal
    status.current = run.ledger.turns.first?.number
    status.waiting = settings.waiting
    status.figures = turns.figures(of: turn, in: run.ledger)
    if let turn, status.figures == nil {
      return problem("nothing is known of turn \(turn)", origin)
    }
    return answer(.status(status), origin, turn: status.figures?.turn)
  }
}
