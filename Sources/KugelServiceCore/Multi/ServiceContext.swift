import KugelWire

/// One context of a multi-context connection, as the service sees it: its text, its voice, what is
/// still to be said, and when it was last heard of.
///
/// Source: protocol notes, section 7.
struct ServiceContext: Sendable {
  private enum Life: Sendable {
    /// It takes text; `hasText`: some came after the last flush.
    case open(hasText: Bool)
    /// No text is taken any more; what is there is spoken, then the context is closed.
    ///
    /// - `timedOut`: because nothing came; `waiting`: frames for the context of the same name that
    ///   comes after this one, in order.
    case closing(timedOut: Bool, waiting: WaitingFrames)
  }

  let name: String
  /// As they were when the context was created; its voice is its own.
  private let settings: TurnSettings
  private let timeout: Duration?
  /// Opened by the first text that can be spoken; lives as long as the context.
  private(set) var turn: ServiceTurn?
  private var lastInput: ContinuousClock.Instant
  /// Jobs after which a flush is answered, oldest first.
  private var flushes: [Int] = []
  /// Turns of which something went to the engine and whose end was not told: those whose flush is not
  /// answered, and what came after the last flush.
  private var openTurns = 0
  /// Something went to the engine since the last flush.
  private var isInTurn = false
  /// Characters of all flushed text; the limit counts from there.
  private var flushedCharacters = 0
  /// Audio that was made may not have been sent yet.
  private var hasUnsent = false
  private var life = Life.open(hasText: false)
  private let waitingBytes: Int

  /// - Parameters:
  ///   - timeout: longest silence of the client; nil waits for ever.
  ///   - waitingBytes: of text that may wait for the context after this one.
  init(
    name: String, settings: TurnSettings, timeout: Duration?, waitingBytes: Int,
    at now: ContinuousClock.Instant
  ) {
    self.waitingBytes = waitingBytes
    self.name = name
    self.settings = settings
    self.timeout = timeout
    lastInput = now
  }

  /// No text is taken any more.
  var isClosing: Bool { if case .closing = life { true } else { false } }
  /// It closes because nothing came.
  var hasTimedOut: Bool { if case .closing(timedOut: true, _) = life { true } else { false } }
  private var hasOpenText: Bool { if case .open(hasText: true) = life { true } else { false } }

  /// Frames for the context of the same name that comes after this one; there are none before this one
  /// is closing.
  var waiting: WaitingFrames {
    get {
      if case .closing(_, let waiting) = life { return waiting }
      return WaitingFrames(limit: waitingBytes)
    }
    set {
      if case .closing(let timedOut, _) = life {
        life = .closing(timedOut: timedOut, waiting: newValue)
      }
    }
  }

  var audioSeconds: Double { turn?.audioSeconds ?? 0 }
  var isSpeaking: Bool { !(turn?.pending.isEmpty ?? true) }
  /// Whether cutting the connection now would lose something.
  var isBusy: Bool { hasOpenText || isSpeaking || isClosing }
  /// Everything is said and every flush answered.
  var isDone: Bool { isClosing && !isSpeaking }

  /// - Parameter sending: whether audio of the connection waits to be sent.
  func deadline(whileSending sending: Bool) -> ContinuousClock.Instant? {
    [turn?.bufferDeadline, timeoutDeadline(sending)].compactMap(\.self).min()
  }

  /// Silence counts only while nothing is being spoken, and when the client has heard it.
  private func timeoutDeadline(_ sending: Bool) -> ContinuousClock.Instant? {
    guard !isClosing, !isSpeaking, !(sending && hasUnsent), let timeout else { return nil }
    return max(lastInput, turn?.lastActivity ?? lastInput) + timeout
  }

  /// Nothing of the connection waits to be sent.
  mutating func everythingSent(at now: ContinuousClock.Instant) {
    if hasUnsent { touch(at: now) }
    hasUnsent = false
  }

  mutating func touch(at now: ContinuousClock.Instant) { lastInput = now }

  /// - Returns: the chunks that are ready for the engine.
  /// - Throws: as it is to be sent.
  mutating func append(
    _ text: String, profile: ServiceProfile, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [String] {
    touch(at: now)
    // White space ahead of the first word only says that the context is to exist.
    if turn == nil, text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return [] }
    var open: ServiceTurn
    if let turn { open = turn } else { open = try profile.turn(settings, context: name, at: now) }
    let unflushed = open.characters - flushedCharacters + text.unicodeScalars.count
    try RequestValidator.check(characters: unflushed, limit: profile.charactersPerTurn)
    let chunks = try open.append(text, limit: .max, at: now)
    turn = open
    if !isClosing { life = .open(hasText: true) }
    return chunks
  }

  mutating func jobs(
    for chunks: [String], profile: ServiceProfile, numbered next: inout Int
  ) -> [SynthesisJob] {
    let jobs = turn?.jobs(for: chunks, of: profile, numbered: &next) ?? []
    if !jobs.isEmpty, !isInTurn {
      isInTurn = true
      openTurns += 1
    }
    return jobs
  }

  /// Everything that is buffered.
  mutating func drainBuffer() -> [String] {
    if !isClosing { life = .open(hasText: false) }
    flushedCharacters = turn?.characters ?? 0
    return turn?.flush() ?? []
  }

  /// What has waited long enough to be spoken, though the text goes on.
  mutating func staleText(at now: ContinuousClock.Instant) -> [String] {
    guard let due = turn?.bufferDeadline, now >= due else { return [] }
    return turn?.tick(at: now) ?? []
  }

  /// A flush is to be answered when all that was handed over is spoken. A second one with nothing
  /// in between is the same flush.
  ///
  /// - Returns: whether it is answered at once.
  mutating func flushed() -> Bool {
    isInTurn = false
    guard let last = turn?.pending.last?.id else { return true }
    if flushes.last != last { flushes.append(last) }
    return false
  }

  mutating func beginClosing(timedOut: Bool = false) {
    life = .closing(timedOut: timedOut, waiting: waiting)
  }

  func hasTimedOut(by now: ContinuousClock.Instant, whileSending sending: Bool) -> Bool {
    timeoutDeadline(sending).map { now >= $0 } ?? false
  }

  /// The engine's news of the oldest job.
  ///
  /// - Returns: what to tell the client, a flush's answer included; nil when the job is not ours.
  mutating func receive(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [ServiceAction]? {
    guard turn?.pending.first?.id == job else { return nil }
    let messages = turn?.receive(news, at: now) ?? []
    var actions = messages.map { ServiceAction.send(ServiceFrame($0, context: name)) }
    if case .samples = news { hasUnsent = true }
    if case .finished = news, flushes.first == job {
      flushes.removeFirst()
      // The close that follows says it too.
      if !(isDone && flushes.isEmpty) {
        openTurns -= 1
        actions += [
          .send(ServiceFrame(.final(FinalStatistics()), context: name)),
          .turnEnded(.completed, context: name),
        ]
      }
    }
    return actions
  }

  /// Drops what is not spoken yet; the context stays.
  ///
  /// - Returns: the ends of its turns.
  mutating func abandon() -> [ServiceAction] {
    _ = drainBuffer()
    _ = turn?.receive(.failed(.generationFailed), at: lastInput)
    flushes = []
    return endTurns(.failed)
  }

  /// - Returns: the ends of all turns that are open.
  mutating func endTurns(_ end: ServiceMetrics.TurnOutcome) -> [ServiceAction] {
    defer { (openTurns, isInTurn) = (0, false) }
    return (0..<openTurns).map { _ in .turnEnded(end, context: name) }
  }
}
