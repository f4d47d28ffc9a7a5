import KugelText
import KugelWire

// What each command does.
extension Conversation {
  mutating func perform(
    _ input: ConversationRequest, at now: ContinuousClock.Instant
  ) -> [Action] {
    let origin = Origin(input)
    switch input.request {
    case .success(let command):
      if voices == nil, command.needsVoices {
        asking = input
        return [.listVoices]
      }
      return perform(command, origin, at: now)
    case .failure(let fault): return problem(fault.message, origin)
    }
  }

  private mutating func perform(
    _ command: ConversationCommand, _ origin: Origin, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch command {
    case .send(let text):
      textOrigin = origin
      return accepted(origin) + [.session(.text(text))]
    case .say(let text):
      textOrigin = origin
      let clear: [Action] = lostTurn ? [.session(.endTurn)] : []
      lostTurn = false
      return accepted(origin) + clear + [.session(.text(text)), .session(.endTurn)]
    case .blank: return end(origin, isBlank: true)
    case .end: return end(origin, isBlank: false)
    case .flush: return flush(origin)
    case .cancel(nil): return cancel(origin)
    case .cancel(let delay?): return cancel(after: delay, origin)
    case .set(let changes): return set(changes, origin)
    case .wait(let wait): return self.wait(wait, origin, at: now)
    case .mark(let name): return mark(name, origin)
    case .pause: return pause(true, origin)
    case .resume: return pause(false, origin)
    case .volume(let level):
      return [.volume(decibels: level)] + answer(.volume(level), origin)
    case .save(let path): return [.record(path, origin)]
    case .expect(let expectation): return expect(expectation, origin)
    case .status(let turn): return status(turn, origin)
    case .usage: return answer(.totals(totals), origin)
    case .voices(let word): return voices(word, origin)
    case .help: return answer(.help, origin)
    case .quit:
      inputEnded = true
      queue = []
      return accepted(origin)
    }
  }

  // MARK: The ends of turns

  private mutating func end(_ origin: Origin, isBlank: Bool) -> [Action] {
    let wasLost = lostTurn
    lostTurn = false
    if setup.style == .script { block = (.final, origin) }
    if wasLost || ledger.open != nil {
      return (block == nil ? accepted(origin) : []) + [.session(.endTurn)]
    }
    if isBlank || !ledger.isFinal && setup.style == .script { return [] }
    block = nil
    return problem("no turn is open", origin)
  }

  private mutating func flush(_ origin: Origin) -> [Action] {
    guard let open = ledger.open else { return problem("no turn is open", origin) }
    return answer(.flushed, origin, turn: open.number) + [.session(.endTurn)]
  }

  private mutating func cancel(_ origin: Origin) -> [Action] {
    bargeIn = nil
    guard !ledger.isIdle || lostTurn else { return answer(.nothingToCancel, origin) }
    lostTurn = false
    silencing = true
    return accepted(origin) + [.silence]
  }

  private mutating func cancel(after delay: Duration, _ origin: Origin) -> [Action] {
    let turn = ledger.turns.last
    bargeIn = BargeIn(
      turn: turn?.number, delay: delay, due: turn?.soundReachedAt.map { $0 + delay },
      origin: origin)
    return setup.style == .json ? answer(.armed(after: delay), origin, turn: turn?.number) : []
  }

  // MARK: Values

  private mutating func set(_ changes: [SettingChange], _ origin: Origin) -> [Action] {
    var live: [SettingChange] = []
    var later: [SettingChange] = []
    var actions: [Action] = []
    var changes = changes
    if let find = setup.voiceForLanguage, !changes.contains(where: { $0.key == .voice }),
      let language = changes.last(where: { $0.key == .lang })?.value.text
    {
      guard let voice = find(language) else {
        return problem("there is no voice for the language \(Quoting.quote(language))", origin)
      }
      changes.append(SettingChange(voice: voice))
    }
    for change in changes {
      var change = change
      if change.key == .voice, let voices {
        switch voices.find(VoiceReference(change.value.text)) {
        case .found(let voice): change = SettingChange(voice: voice)
        case .unknown where setup.takesUnlistedVoices: break
        case .unknown(let nearest):
          return problem(
            "there is no voice \(Quoting.quote(change.value.text))" + hint(nearest), origin)
        case .ambiguous(let several):
          return problem(
            "\(Quoting.quote(change.value.text)) could be several voices" + hint(several), origin)
        }
      }
      if change.key == .volume, let level = change.value.number {
        actions.append(.volume(decibels: level))
        live.append(change)
      } else if ledger.open == nil {
        live.append(change)
      } else {
        later.append(change)
      }
    }
    if let contradiction = take(live + later) { return problem(contradiction, origin) }
    waiting += later
    let session = live.filter { !$0.key.setting.isLocal }
    if !session.isEmpty { actions.append(configuration(session)) }
    let reconnecting = (live + later).filter { setup.offer?[$0.key]?.moment == .newConnection }
    return actions
      + answer(
        .settings(live: live, waiting: later, reconnecting: reconnecting.map(\.key)), origin)
  }

  /// Takes the values over into those that will count, unless they contradict one another.
  ///
  /// - Returns: what is wrong with them.
  private mutating func take(_ changes: [SettingChange]) -> String? {
    var settings = settings
    for change in changes { settings.apply(change) }
    do throws(ServiceError) { try RequestValidator.checkTogether(settings) } catch {
      return error.message
    }
    self.settings = settings
    return nil
  }

  private func hint(_ voices: [Voice]) -> String {
    guard !voices.isEmpty else { return "" }
    return ": " + voices.prefix(5).map { "\($0.reference) \($0.name)" }.joined(separator: ", ")
  }

  private func voices(_ word: String, _ origin: Origin) -> [Action] {
    answer(.voices((voices?.voices ?? []).filter { $0.mentions(word) }), origin)
  }

  mutating func listed(
    _ result: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant
  ) -> [Action] {
    let asked = asking
    asking = nil
    switch result {
    case .success(let list):
      voices = VoiceCatalogue(list)
      return asked.map { perform($0, at: now) } ?? []
    // Asked again when they are needed again.
    case .failure(let fault): return asked.map { problem(fault.message, Origin($0)) } ?? []
    }
  }

  // MARK: Waiting, watching

  private mutating func wait(
    _ wait: ConversationCommand.Wait, _ origin: Origin, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch wait {
    case .time(let time): block = (.until(now + time), origin)
    case .final, .heard:
      if let open = ledger.open {
        return problem("turn \(open.number) is still open; end it first", origin)
      }
      if wait == .heard && isPaused {
        return problem("the sound is paused; resume it first", origin)
      }
      block = (wait == .final ? .final : .heard, origin)
    }
    return []
  }

  private mutating func mark(_ name: String, _ origin: Origin) -> [Action] {
    guard let turn = ledger.turns.last else { return answer(.mark(name), origin) }
    marks.append(
      Mark(
        name: name, turn: turn.number, solid: turn.text.withoutWhitespace.count, origin: origin))
    return accepted(origin)
  }

  mutating func pause(_ pause: Bool, _ origin: Origin) -> [Action] {
    isPaused = pause
    return [.pause(pause)] + answer(.paused(pause), origin)
  }

  private mutating func expect(_ expectation: Expectation, _ origin: Origin) -> [Action] {
    let figures = ledger.turns.last.map { TurnFigures($0) } ?? self.figures.last
    let isLive = !ledger.isIdle
    let actual = figures.flatMap { expectation.subject.value(of: $0, isLive: isLive) }
    let isMet = expectation.isMet(by: actual)
    if !isMet { totals.expectationsMissed += 1 }
    return answer(
      .expectation(expectation, actual: actual, isMet: isMet), origin, turn: figures?.turn)
  }

  private mutating func status(_ turn: Int?, _ origin: Origin) -> [Action] {
    var status = ConversationStatus()
    status.connected = connected
    status.lastFinal = lastFinal
    status.current = ledger.turns.first?.number
    status.waiting = waiting
    if let turn {
      status.figures =
        ledger.turn(turn).map { TurnFigures($0) } ?? figures.last { $0.turn == turn }
      guard status.figures != nil else {
        return problem("nothing is known of turn \(turn)", origin)
      }
    } else {
      status.figures = ledger.turns.last.map { TurnFigures($0) } ?? figures.last
    }
    return answer(.status(status), origin, turn: status.figures?.turn)
  }
}

extension ConversationCommand {
  /// Whether it can only be understood by who knows the voices.
  fileprivate var needsVoices: Bool {
    switch self {
    case .voices: true
    case .set(let changes):
      changes.contains { change in
        guard change.key == .voice, case .handle = VoiceReference(change.value.text) else {
          return false
        }
        return true
      }
    default: false
    }
  }
}

extension Expectation.Subject {
  /// - Parameter isLive: the turn is not over; how it ends is not known.
  fileprivate func value(of figures: TurnFigures, isLive: Bool) -> Expectation.Value? {
    switch self {
    case .firstByte: figures.timeToFirstAudio.map { .time($0) }
    case .firstSound: figures.timeToFirstSound.map { .time($0) }
    case .audio: .time(.seconds(figures.audioSeconds))
    case .chars: .count(figures.characters)
    case .gaps: .count(figures.gaps)
    case .segments: .count(figures.segments)
    case .text: .text(figures.spokenText)
    case .heard: figures.heard.map { .text($0.heard) }
    case .unheard: figures.heard.map { .text($0.unheard) }
    case .ending: isLive ? nil : .text(figures.reason.rawValue)
    }
  }
}

extension Voice {
  /// Whether a word is in its name or begins one of its languages; the empty word is in all.
  package func mentions(_ word: String) -> Bool {
    let word = word.lowercased()
    return word.isEmpty || name.lowercased().contains(word) || "\(id)" == word
      || languages.contains { $0.lowercased().hasPrefix(word) }
  }
}
