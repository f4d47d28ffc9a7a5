import KugelWire

/// The contexts of one multi-context connection: who is there, whose the engine's jobs are, and whose
/// end was told.
///
/// Says what is to be done; which frame means what, `MultiService` decides.
///
/// Source: protocol notes, section 7.
struct ServiceContexts: Sendable {
  /// A context that is gone.
  struct Farewell {
    var actions: [ServiceAction]
    /// Frames for the context of the same name that comes after it.
    var waiting: WaitingFrames
  }

  private let profile: ServiceProfile
  private var contexts: [String: ServiceContext] = [:]
  /// Names in the order of creation.
  private var order: [String] = []
  private var nextJob = 0
  /// The contexts that the engine's jobs belong to.
  private var owners: [Int: String] = [:]
  /// Whose end has been told last of all: a second close of those is the first one, late.
  private var farewells = Farewells()
  /// Audio of the contexts that have ended.
  private(set) var endedAudioSeconds = 0.0

  init(profile: ServiceProfile) { self.profile = profile }

  var isEmpty: Bool { contexts.isEmpty }
  var isFull: Bool { contexts.count >= profile.contextLimit }
  /// Whether cutting the connection now would lose something.
  var isBusy: Bool { contexts.values.contains(where: \.isBusy) }
  /// In the order of creation.
  var all: [String] { order }
  /// Those that still take text, in the order of creation.
  var open: [String] { order.filter { contexts[$0]?.isClosing == false } }

  func has(_ name: String) -> Bool { contexts[name] != nil }

  func isClosing(_ name: String) -> Bool { contexts[name]?.isClosing == true }

  /// - Parameter sending: whether audio of the connection waits to be sent.
  func deadline(whileSending sending: Bool) -> ContinuousClock.Instant? {
    contexts.values.compactMap { $0.deadline(whileSending: sending) }.min()
  }

  // MARK: Opening

  /// - Parameters:
  ///   - settings: of the session, which the context takes over.
  ///   - own: of the context alone.
  mutating func create(
    _ name: String, settings: TurnSettings, own: TurnSettings, at now: ContinuousClock.Instant
  ) -> ServiceAction {
    var settings = settings
    settings.voice = own.voice
    settings.cfgScale = own.cfgScale ?? settings.cfgScale
    settings.maxNewTokens = own.maxNewTokens ?? settings.maxNewTokens
    let timeout = settings.inactivityTimeoutSeconds.map { seconds in
      seconds > 0 ? Duration.seconds(min(seconds, 86_400)) : nil
    }
    contexts[name] = ServiceContext(
      name: name, settings: settings, timeout: timeout ?? profile.contextTimeout,
      waitingBytes: profile.waitingBytes, at: now)
    farewells.forget(name)
    order.append(name)
    return .send(ServiceFrame(.contextCreated, context: name))
  }

  /// The client has said something of it.
  mutating func touch(_ name: String, at now: ContinuousClock.Instant) {
    contexts[name]?.touch(at: now)
  }

  mutating func touchAll(at now: ContinuousClock.Instant) {
    for name in order { touch(name, at: now) }
  }

  /// Nothing of the connection waits to be sent.
  mutating func everythingSent(at now: ContinuousClock.Instant) {
    for name in order { contexts[name]?.everythingSent(at: now) }
  }

  // MARK: Text

  /// - Throws: as it is to be sent.
  mutating func append(
    _ text: String, to name: String, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    let chunks = try contexts[name]?.append(text, profile: profile, at: now) ?? []
    return synthesise(chunks, in: name)
  }

  mutating func flush(_ name: String) -> [ServiceAction] {
    let actions = drainBuffer(of: name)
    guard contexts[name]?.flushed() == true else { return actions }
    let end = contexts[name]?.endTurns(.completed) ?? []
    return actions + [.send(ServiceFrame(.final(FinalStatistics()), context: name))] + end
  }

  /// What has waited long enough to be spoken, though the text goes on.
  mutating func speakStaleText(of name: String, at now: ContinuousClock.Instant) -> [ServiceAction]
  {
    synthesise(contexts[name]?.staleText(at: now) ?? [], in: name)
  }

  private mutating func drainBuffer(of name: String) -> [ServiceAction] {
    synthesise(contexts[name]?.drainBuffer() ?? [], in: name)
  }

  private mutating func synthesise(_ chunks: [String], in name: String) -> [ServiceAction] {
    let jobs = contexts[name]?.jobs(for: chunks, profile: profile, numbered: &nextJob) ?? []
    for job in jobs { owners[job.id] = name }
    return jobs.map(ServiceAction.synthesise)
  }

  // MARK: The engine

  /// - Returns: nil when the job is nobody's.
  mutating func receive(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> (name: String, actions: [ServiceAction])? {
    guard let name = owners[job],
      let actions = contexts[name]?.receive(news, job: job, at: now)
    else { return nil }
    switch news {
    case .started, .samples, .words: return (name, actions)
    case .finished:
      owners[job] = nil
      return (name, actions)
    case .failed(let error): return (name, fail(name, error))
    }
  }

  /// What the engine still says of the context's jobs is nobody's.
  private mutating func disown(_ name: String) { owners = owners.filter { $0.value != name } }

  // MARK: Ending

  /// An error ends what is under way; the context stays.
  mutating func fail(_ name: String, _ error: ServiceError) -> [ServiceAction] {
    let ends = contexts[name]?.abandon() ?? []
    disown(name)
    return [.abortContext(name), .send(ServiceFrame(.error(error), context: name))] + ends
  }

  /// Takes no more text and speaks what is there; `endIfDone` ends it then.
  mutating func beginClosing(_ name: String, timedOut: Bool = false) -> [ServiceAction] {
    let actions = drainBuffer(of: name)
    contexts[name]?.beginClosing(timedOut: timedOut)
    return actions
  }

  func hasTimedOut(
    _ name: String, by now: ContinuousClock.Instant, whileSending sending: Bool
  ) -> Bool {
    contexts[name]?.hasTimedOut(by: now, whileSending: sending) == true
  }

  /// - Returns: nil when it still takes text or speaks.
  mutating func endIfDone(_ name: String) -> Farewell? {
    guard let context = contexts[name], context.isDone else { return nil }
    var last: [ServiceMessage] = [.final(FinalStatistics())]
    if context.hasTimedOut { last.append(.contextTimeout) }
    return end(
      name, .completed,
      saying: last.map { .send(ServiceFrame($0, context: name)) } + [.releaseContext(name)])
  }

  /// Ends the context, whatever is under way; nil when there is none.
  mutating func cut(_ name: String) -> Farewell? {
    end(name, .interrupted, saying: [.abortContext(name)])
  }

  private mutating func end(
    _ name: String, _ end: ServiceMetrics.TurnOutcome, saying first: [ServiceAction]
  ) -> Farewell? {
    guard var context = contexts.removeValue(forKey: name) else { return nil }
    disown(name)
    farewells.remember(name)
    order.removeAll { $0 == name }
    endedAudioSeconds += context.audioSeconds
    let usage = context.turn.flatMap { profile.usage(of: $0) }
    let closed = ServiceAction.send(ServiceFrame(.contextClosed(usage: usage), context: name))
    return Farewell(
      actions: first + context.endTurns(end) + [closed], waiting: context.waiting)
  }

  /// The connection is gone.
  mutating func removeAll() { (contexts, order) = ([:], []) }

  // MARK: Frames for whoever comes after

  /// A frame for the context after the one that is closing.
  ///
  /// - Returns: false when it is for the one that is there: nothing waits that it could close.
  /// - Throws: as it is to be sent.
  mutating func keep(_ frame: ClientFrame, for name: String) throws(ServiceError) -> Bool {
    guard var closing = contexts[name], closing.isClosing,
      !(frame.closeContext && closing.waiting.isEmpty)
    else { return false }
    try closing.waiting.append(frame)
    contexts[name] = closing
    return true
  }

  mutating func dropWaiting(for name: String) { contexts[name]?.waiting.removeAll() }

  /// Also of those that are closing.
  mutating func dropWaiting() { for name in order { dropWaiting(for: name) } }

  /// The end of a context that is not there.
  ///
  /// - Returns: nothing when it was told.
  mutating func sayClosed(_ name: String) -> [ServiceAction] {
    guard farewells.remember(name) else { return [] }
    return [.send(ServiceFrame(.contextClosed(usage: nil), context: name))]
  }
}
