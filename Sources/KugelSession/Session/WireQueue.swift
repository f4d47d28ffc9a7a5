import KugelText
import KugelWire

/// Turns sent over one connection and not answered, oldest first: all are sent as they come, and what
/// the service says belongs to the first.
struct WireQueue: Sendable {
  private(set) var turns: [WireTurn] = []

  var isEmpty: Bool { turns.isEmpty }
  var count: Int { turns.count }
  var first: WireTurn? { turns.first }
  /// The number of the turn that is answered.
  var answered: Int? { turns.isEmpty ? nil : turns[0].turn }
  /// The number of the turn that takes more text.
  var open: Int? { turns.last.flatMap { $0.isOpen ? $0.turn : nil } }

  // MARK: What the user does

  /// - Parameter isSent: whether it is sent at once.
  /// - Returns: the turn that it is sent of; nil when there is nothing to send.
  mutating func append(
    _ part: TurnRation.Part, to turn: Int, settings: @autoclosure () -> TurnSettings, isSent: Bool,
    at now: ContinuousClock.Instant
  ) -> WireTurn? {
    if open != turn {
      guard !part.text.isEmpty else { return nil }
      turns.append(WireTurn(turn: turn, settings: settings()))
    }
    let last = turns.count - 1
    turns[last].text.append(part.text)
    if part.endsTurn {
      turns[last].flushed = true
      turns[last].flushedAt = now
    }
    guard isSent else { return nil }
    turns[last].flushSent = part.endsTurn
    return turns[last]
  }

  /// The text of a turn is complete.
  ///
  /// - Returns: whether the service is to be told.
  mutating func end(_ turn: Int, isSent: Bool, at now: ContinuousClock.Instant) -> Bool {
    guard let last = turns.indices.last, turns[last].turn == turn, !turns[last].flushed else {
      return false
    }
    turns[last].flushed = true
    turns[last].flushedAt = now
    guard isSent, !turns[last].endedByService else { return false }
    turns[last].flushSent = true
    return true
  }

  mutating func drop() { turns = [] }
  mutating func drop(_ turn: Int) { turns.removeAll { $0.turn == turn } }

  /// The service was not silent while nobody listened.
  mutating func forgive(at now: ContinuousClock.Instant) {
    if first?.lastHeard != nil { turns[0].lastHeard = now }
  }

  // MARK: What the service says

  /// - Returns: of a piece of audio what was not received before.
  mutating func hear(_ message: ServiceMessage, at now: ContinuousClock.Instant) -> AudioFrame? {
    guard !turns.isEmpty else { return nil }
    turns[0].lastHeard = now
    switch message {
    case .generationStarted(let chunk, let text): turns[0].progress.began(text, chunk: chunk)
    case .audio(let frame): return turns[0].received(frame)
    case .wordTimes(let words, let chunk): turns[0].progress.received(words, chunk: chunk)
    case .chunkComplete: turns[0].progress.ended()
    case .warning(.turnEnded): turns[0].endedByService = true
    case .warning, .final, .sessionClosed, .interrupted, .settingsUpdated, .contextCreated,
      .contextTimeout, .contextClosed, .error:
      break
    }
    return nil
  }

  /// What the end of a turn leaves to do.
  enum Closing: Equatable {
    case nothing
    /// Text that the service has for its next turn is complete, and it does not know that.
    case flush
    /// A flush of ours crossed the end: its answer comes for nothing.
    case strayClose
  }

  /// Everything of the first turn has come.
  mutating func closeFirst(at now: ContinuousClock.Instant) -> Closing {
    guard !turns.isEmpty else { return .nothing }
    let closed = turns.removeFirst()
    let closing = closed.endedByService ? keepWhatCrossed(the: closed) : .nothing
    // The next turn was sent long ago, but only now is it its turn.
    if first?.flushed == true { turns[0].flushedAt = now }
    return closing
  }

  /// Text that was sent while the service ended the turn by itself belongs to its next one.
  private mutating func keepWhatCrossed(the closed: WireTurn) -> Closing {
    guard closed.progress.isAnnounced, let left = closed.resumed(), left.hasWords else {
      return closed.flushSent ? .strayClose : .nothing
    }
    if !closed.flushSent, let following = first, following.turn == closed.turn {
      turns[0].text = left.text + following.text
      return .nothing
    }
    var next = left
    next.skip = 0
    next.flushSent = next.flushed
    turns.insert(next, at: 0)
    return next.flushed && !closed.flushSent ? .flush : .nothing
  }

  // MARK: The connection

  /// Everything is to be sent over a new connection, which knows nothing of the turns.
  ///
  /// - Returns: the turns as they are to be sent, each with its end where `flushed`.
  mutating func replay(at now: ContinuousClock.Instant) -> [WireTurn] {
    for index in turns.indices {
      if turns[index].endedByService {
        // It ends where it ended before.
        turns[index].endedByService = false
        if index < turns.count - 1 { turns[index].flushed = true }
      }
      turns[index].flushSent = turns[index].flushed
      if turns[index].flushed { turns[index].flushedAt = now }
    }
    return turns
  }

  /// What becomes of the first turn when the connection goes.
  enum Loss: Equatable {
    /// Nothing of it was heard, or there is none: it is sent as it was.
    case replayed
    /// The rest of it is sent, once it `resume`s.
    case resumable(WireTurn)
    /// All of it had come; only its end was not told.
    case complete
    case lost
  }

  func loss(_ onDrop: SessionPolicy.OnDrop) -> Loss {
    guard let first, first.hasAudio else { return .replayed }
    switch onDrop {
    case .fail: return .lost
    case .restart: return .resumable(first.restarted())
    case .resume:
      guard let rest = first.resumed() else { return .lost }
      return rest.hasWords ? .resumable(rest) : .complete
    }
  }

  mutating func resume(as rest: WireTurn) { if !turns.isEmpty { turns[0] = rest } }
  mutating func complete() { if !turns.isEmpty { turns.removeFirst() } }
}
