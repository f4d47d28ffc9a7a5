import KugelText
import KugelWire

/// The turns of one context: what the user says, how it travels, and what has come back.
///
/// One turn is on the wire at a time, so that what arrives has one owner; those behind it wait here.
struct TurnLane: Sendable {
  /// What a message meant for the turn being answered.
  enum News: Equatable {
    case segment(String, chunk: Int, turn: Int)
    case play(AudioFrame, turn: Int)
    case words([WordTime], chunk: Int, turn: Int)
    case ended(TurnReport)
  }

  private var turns: UserTurns
  private var wire: [WireTurn] = []
  private var progress = Progress()

  /// How far the first wire turn has come over this connection.
  private struct Progress: Sendable {
    enum End: Sendable {
      case unsent
      /// The service owes audio.
      case sent
      /// What the service was to say is said, as far as the announced chunks tell.
      case answered
    }

    /// Pieces that were sent.
    var pieces = 0
    var end = End.unsent
    /// Chunks that the service began and has not ended.
    var openChunks = 0
  }

  /// - Parameter limit: Unicode scalars that one turn on the wire may hold.
  init(limit: Int) { turns = UserTurns(limit: limit) }

  /// Whether a turn has been begun and not reported.
  var isBusy: Bool { !turns.isEmpty }
  /// Whether there is something to send.
  var hasWork: Bool { !wire.isEmpty }
  /// What the service was to say is said, as far as the announced chunks tell.
  var isComplete: Bool { progress.end == .answered }
  var hasAudio: Bool { wire.first?.hasAudio ?? false }
  /// When the text of the first turn was complete and sent.
  var flushedAt: ContinuousClock.Instant? {
    progress.end == .unsent ? nil : wire.first?.flushedAt
  }
  /// When anything last came of the first turn.
  var lastHeard: ContinuousClock.Instant? { wire.first?.lastHeard }

  // MARK: What the user does

  /// - Parameter number: of a turn that begins with this text.
  /// - Returns: whether a turn began.
  mutating func append(
    _ text: String, number: Int, at now: ContinuousClock.Instant
  ) -> Bool {
    let open = wire.last.flatMap { $0.flushed ? nil : $0.turn }
    guard let taken = turns.append(text, beginning: number, at: now, goesOn: { $0 == open })
    else { return false }
    for part in taken.parts { queue(part, turn: taken.turn) }
    return taken.began
  }

  private mutating func queue(_ part: TurnRation.Part, turn: Int) {
    if wire.last.map({ $0.turn != turn || $0.flushed }) ?? true {
      guard !part.text.isEmpty else { return }
      wire.append(WireTurn(turn: turn, settings: TurnSettings()))
    }
    let last = wire.count - 1
    wire[last].text.append(part.text)
    if part.endsTurn { wire[last].flushed = true }
  }

  mutating func endTurn() -> [News] {
    guard let turn = turns.end() else { return [] }
    if let open = wire.indices.last, wire[open].turn == turn { wire[open].flushed = true }
    return settle()
  }

  mutating func cancel() -> [News] {
    wire = []
    rewind()
    return turns.cancel().map(News.ended)
  }

  // MARK: Sending

  /// Nothing of the first turn counts as sent: the context is a new one.
  mutating func rewind() {
    progress = Progress()
  }

  /// What the service has not been told of the first turn, in order.
  mutating func unsent(at now: ContinuousClock.Instant) -> [(text: String?, flush: Bool)] {
    guard !wire.isEmpty else { return [] }
    let pieces = Array(wire[0].text[progress.pieces...])
    let flushes = wire[0].flushed && progress.end == .unsent
    progress.pieces = wire[0].text.count
    if flushes {
      progress.end = .sent
      wire[0].flushedAt = now
      lookForEnd()
    }
    var frames: [(text: String?, flush: Bool)] = pieces.map { ($0, false) }
    if flushes {
      if frames.isEmpty { frames = [(nil, true)] } else { frames[frames.count - 1].flush = true }
    }
    return frames
  }

  // MARK: What comes back

  mutating func received(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> [News] {
    guard !wire.isEmpty, turns.contains(wire[0].turn) else { return [] }
    wire[0].lastHeard = now
    let turn = wire[0].turn
    switch message {
    case .generationStarted(let chunk, let text):
      progress.openChunks += 1
      wire[0].progress.began(text, chunk: chunk)
      turns.note(turn) { $0.segments += 1 }
      return [.segment(text, chunk: chunk, turn: turn)]
    case .audio(let frame): return heard(frame, turn: turn, at: now)
    case .wordTimes(let words, let chunk):
      wire[0].progress.received(words, chunk: chunk)
      return [.words(words, chunk: chunk, turn: turn)]
    case .chunkComplete(_, let seconds, let milliseconds):
      turns.note(turn) { $0.addMaking(milliseconds, of: seconds) }
      progress.openChunks = max(0, progress.openChunks - 1)
      wire[0].progress.ended()
      lookForEnd()
      return []
    case .warning(let warning):
      turns.note(turn) { $0.warnings.append(warning.text) }
      return []
    case .final(let statistics):
      // Without a flush of ours it answers one of an earlier context.
      guard progress.end != .unsent else { return [] }
      turns.note(turn) { $0.close(with: statistics) }
      return completeFirst()
    case .sessionClosed, .interrupted, .settingsUpdated, .contextCreated, .contextTimeout,
      .contextClosed, .error:
      return []
    }
  }

  private mutating func heard(
    _ frame: AudioFrame, turn: Int, at now: ContinuousClock.Instant
  ) -> [News] {
    guard let fresh = wire[0].received(frame) else { return [] }
    turns.note(turn) { $0.count(fresh, at: now) }
    return [.play(fresh, turn: turn)]
  }

  /// Everything of the turn on the wire has come.
  mutating func completeFirst() -> [News] {
    guard !wire.isEmpty else { return [] }
    wire.removeFirst()
    rewind()
    return settle()
  }

  /// The service closed the context: a complete turn is over, an open one goes on with the text that
  /// was not spoken.
  mutating func contextClosed() -> [News] {
    guard !wire.isEmpty else { return [] }
    if progress.end != .unsent { return completeFirst() }
    guard progress.pieces > 0 else { return [] }
    rewind()
    if var left = wire[0].resumed(), left.hasWords {
      left.skip = 0
      wire[0] = left
    } else {
      wire.removeFirst()
    }
    return settle()
  }

  private mutating func lookForEnd() {
    guard progress.end != .unsent, progress.openChunks == 0, let first = wire.first, first.hasAudio
    else { return }
    progress.end = first.resumed().map { !$0.hasWords } ?? true ? .answered : .sent
  }

  /// What becomes of the turn being answered when the connection goes.
  enum Loss: Equatable {
    /// Nothing of it was heard, or there is none: it is sent as it was.
    case replayed
    case resumed(turn: Int)
    /// All of it had come; only its end was not told.
    case complete([News])
    /// It cannot go on.
    case lost
  }

  mutating func connectionLost(_ onDrop: SessionPolicy.OnDrop) -> Loss {
    rewind()
    guard let first = wire.first, first.hasAudio else { return .replayed }
    switch onDrop {
    case .fail: return .lost
    case .restart: wire[0] = first.restarted()
    case .resume:
      guard let rest = first.resumed() else { return .lost }
      if !rest.hasWords, first.flushed { return .complete(completeFirst()) }
      wire[0] = rest
    }
    return .resumed(turn: first.turn)
  }

  /// The turn being answered ends here; text that still comes for it is not spoken.
  mutating func failFirst(_ failure: SessionFailure) -> [News] {
    guard let turn = wire.first?.turn ?? turns.first, let report = turns.fail(turn, failure)
    else { return [] }
    wire.removeAll { $0.turn == turn }
    rewind()
    return [.ended(report)] + settle()
  }

  mutating func failAll(_ failure: SessionFailure) -> [News] {
    var news: [News] = []
    while isBusy { news += failFirst(failure) }
    return news
  }

  mutating func add(_ usage: Usage?) {
    if let turn = turns.first { turns.note(turn) { $0.add(usage) } }
  }

  /// Reports the turns that are complete, oldest first.
  private mutating func settle() -> [News] { turns.settle(wire).map(News.ended) }
}
