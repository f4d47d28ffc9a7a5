import KugelWire

// What the service says, and what it means for the turns under way.
extension SpeechSession {
  mutating func received(_ message: ServiceMessage, at now: ContinuousClock.Instant) -> [Action] {
    if acknowledgementDue != nil { return receivedWhileCancelling(message) }
    switch message {
    case .settingsUpdated(let settings):
      updatesUnderWay = max(0, updatesUnderWay - 1)
      return [.settingsUpdated(settings)]
    case .error(let error):
      return failed(error)
    case .interrupted, .contextCreated, .contextTimeout, .contextClosed:
      return []
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final, .sessionClosed:
      break
    }
    if isStale(message) { return [] }
    guard !wire.isEmpty, turns.contains(wire[0].turn) else { return [] }
    wire[0].lastHeard = now
    let turn = wire[0].turn

    switch message {
    case .generationStarted(let chunk, let text):
      wire[0].progress.began(text, chunk: chunk)
      turns.note(turn) { $0.segments += 1 }
      return [.segment(text, chunk: chunk, turn: turn)]
    case .audio(let frame):
      return heard(frame, turn: turn, at: now)
    case .wordTimes(let words, let chunk):
      wire[0].progress.received(words, chunk: chunk)
      return [.words(words, chunk: chunk, turn: turn)]
    case .chunkComplete:
      wire[0].progress.ended()
      // Whoever resumes gets further with every chunk; whoever restarts may not, for ever.
      if policy.onDrop == .resume { link.proved() }
      return []
    case .warning(let text):
      turns.note(turn) { $0.warnings.append(text) }
      if text.hasPrefix("Turn ended") { wire[0].endedByService = true }
      return []
    case .final(let statistics):
      turns.note(turn) { $0.final = statistics }
      return []
    case .sessionClosed(let totals, let usage):
      link.proved()
      let spoken = totals.audioSeconds > 0 ? Usage(audioSeconds: totals.audioSeconds) : nil
      turns.note(turn) { $0.add(usage ?? spoken) }
      let closed = wire.removeFirst()
      let crossing = closed.endedByService ? keepWhatCrossed(the: closed) : []
      // The next turn was sent long ago, but only now is it its turn.
      if wire.first?.flushed == true { wire[0].flushedAt = now }
      return crossing + settle()
    case .interrupted, .settingsUpdated, .contextCreated, .contextTimeout, .contextClosed, .error:
      return []
    }
  }

  /// Whether this answers the end of a turn that for the service was over, or refused, when it came.
  private mutating func isStale(_ message: ServiceMessage) -> Bool {
    switch message {
    case .sessionClosed(let totals, _) where strayCloses > 0 && totals == TurnTotals():
      strayCloses -= 1
      return true
    case .generationStarted, .audio, .sessionClosed: strayCloses = 0
    default: break
    }
    return false
  }

  /// Text that was sent while the service ended the turn by itself belongs to its next one.
  private mutating func keepWhatCrossed(the closed: WireTurn) -> [Action] {
    guard closed.progress.isAnnounced, let left = closed.resumed(), left.hasWords else {
      if closed.flushSent { strayCloses += 1 }
      return []
    }
    if !closed.flushSent, let following = wire.first, following.turn == closed.turn {
      wire[0].text = left.text + following.text
      return []
    }
    var next = left
    next.skip = 0
    next.flushSent = next.flushed
    wire.insert(next, at: 0)
    return next.flushed && !closed.flushSent ? [.send(.flush)] : []
  }

  private mutating func heard(
    _ frame: AudioFrame, turn: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let fresh = wire[0].received(frame) else { return [] }
    turns.note(turn) { $0.count(fresh, at: now) }
    return [.play(fresh, turn: turn)]
  }

  /// Up to `interrupted` everything is of the cancelled turns.
  private mutating func receivedWhileCancelling(_ message: ServiceMessage) -> [Action] {
    switch message {
    case .interrupted:
      acknowledgementDue = nil
      return []
    case .settingsUpdated(let settings):
      updatesUnderWay = max(0, updatesUnderWay - 1)
      return [.settingsUpdated(settings)]
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final, .sessionClosed,
      .contextCreated, .contextTimeout, .contextClosed, .error:
      return []
    }
  }

  private mutating func failed(_ error: ServiceError) -> [Action] {
    if updatesUnderWay > 0 && error.code == 400 && error.message.contains("settings") {
      updatesUnderWay -= 1
      return [.settingsRefused(error)]
    }
    if wire.isEmpty { return [.unreachable(.service(ServiceFailure(error)))] }
    if let first = wire.first, first.flushSent, first.progress == ChunkProgress() {
      strayCloses += 1
    }
    return failFirst(.service(ServiceFailure(error)))
  }
}
