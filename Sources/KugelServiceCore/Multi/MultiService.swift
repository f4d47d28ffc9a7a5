import KugelWire

/// A service's side of one `/ws/tts/multi` connection: independent contexts, each with its own text,
/// voice and usage.
///
/// The contexts' jobs carry their names, so that whoever runs the engine can treat them as listeners
/// of their own and none waits for another's long text.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 7, 8.3 and 21.
package struct MultiService: ServiceCore {
  package typealias Event = ServiceEvent
  package typealias Action = ServiceAction

  let profile: ServiceProfile
  /// Of the session; contexts take them over when they are created.
  var settings = TurnSettings()
  var contexts: [String: ServiceContext] = [:]
  /// Names in the order of creation.
  var order: [String] = []
  private var nextJob = 0
  /// The contexts that the engine's jobs belong to.
  private var owners: [Int: String] = [:]
  /// Audio of the contexts that have ended.
  private var endedAudioSeconds = 0.0
  /// Whose end has been told last of all: a second close of those is the first one, late.
  var farewells = Farewells()
  private var isSending = false
  private var draining = false
  private var closingSocket = false
  private var closed = false

  package init(profile: ServiceProfile) { self.profile = profile }

  /// When `tick` is due; nil when nothing is waited for.
  package private(set) var deadline: ContinuousClock.Instant?

  private var nextDeadline: ContinuousClock.Instant? {
    closed ? nil : contexts.values.compactMap { $0.deadline(whileSending: isSending) }.min()
  }

  /// Whether a context is open.
  package var isBusy: Bool { !contexts.isEmpty }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard !closed else { return [] }
    // What most events are: nothing becomes due by it, and nothing ends.
    if case .engine(.samples(let samples), let job) = event {
      return engine(.samples(samples), job: job, at: now)
    }
    defer { deadline = nextDeadline }
    var actions: [Action]
    switch event {
    case .frame(let frame): actions = closingSocket ? [] : received(frame, at: now)
    case .unreadable(let error): actions = [.error(error)]
    case .engine(let news, let job): actions = engine(news, job: job, at: now)
    case .sending(let sending):
      isSending = sending
      if !sending { for name in order { contexts[name]?.everythingSent(at: now) } }
      actions = []
    case .drain:
      draining = true
      actions = []
    case .disconnected:
      closed = true
      (contexts, order) = ([:], [])
      return [.abort]
    case .tick: actions = tick(at: now)
    }
    actions += closeIfDue()
    return actions
  }

  // MARK: Opening and ending contexts

  mutating func create(
    _ name: String, own: TurnSettings, at now: ContinuousClock.Instant
  ) -> Action {
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

  /// Speaks what is there, then closes; at once when nothing is.
  mutating func close(
    _ name: String, timedOut: Bool = false, at now: ContinuousClock.Instant
  ) -> [Action] {
    let actions = drainBuffer(of: name)
    contexts[name]?.beginClosing(timedOut: timedOut)
    return actions + endIfDone(name, at: now)
  }

  /// Ends the context, whatever is under way.
  mutating func cut(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    guard let context = contexts[name] else { return [] }
    return [.abortContext(name)] + end(context, at: now)
  }

  /// An error ends what is under way; the context stays.
  mutating func fail(_ name: String, _ error: ServiceError) -> [Action] {
    contexts[name]?.abandon()
    disown(name)
    return [.abortContext(name), .send(ServiceFrame(.error(error), context: name))]
  }

  private mutating func endIfDone(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    guard let context = contexts[name], context.isDone else { return [] }
    var last: [ServiceMessage] = [.final(FinalStatistics())]
    if context.hasTimedOut { last.append(.contextTimeout) }
    return last.map { .send(ServiceFrame($0, context: name)) } + [.releaseContext(name)]
      + end(context, at: now)
  }

  private mutating func end(_ context: ServiceContext, at now: ContinuousClock.Instant) -> [Action]
  {
    contexts[context.name] = nil
    disown(context.name)
    farewells.remember(context.name)
    order.removeAll { $0 == context.name }
    endedAudioSeconds += context.audioSeconds
    let usage = context.turn.flatMap { profile.usage(of: $0) }
    var actions: [Action] = [
      .send(ServiceFrame(.contextClosed(usage: usage), context: context.name))
    ]
    var waiting = context.waiting
    while let frame = waiting.popFirst() { actions += received(frame, at: now) }
    return actions
  }

  // MARK: Speaking

  mutating func synthesise(_ chunks: [String], in name: String) -> [Action] {
    let profile = profile
    let jobs = contexts[name]?.jobs(for: chunks, profile: profile, numbered: &nextJob) ?? []
    for job in jobs { owners[job.id] = name }
    return jobs.map(Action.synthesise)
  }

  mutating func drainBuffer(of name: String) -> [Action] {
    let chunks = contexts[name]?.drainBuffer() ?? []
    return synthesise(chunks, in: name)
  }

  private mutating func engine(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let name = owners[job], let messages = contexts[name]?.receive(news, job: job, at: now)
    else { return [] }
    let frames = messages.map { Action.send(ServiceFrame($0, context: name)) }
    switch news {
    case .started, .samples, .words: return frames
    case .finished:
      owners[job] = nil
      return frames + endIfDone(name, at: now)
    case .failed(let error): return fail(name, error) + endIfDone(name, at: now)
    }
  }

  /// What the engine still says of the context's jobs is nobody's.
  private mutating func disown(_ name: String) { owners = owners.filter { $0.value != name } }

  // MARK: Time and the end

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    for name in order {
      if contexts[name]?.hasTimedOut(by: now, whileSending: isSending) == true {
        actions += close(name, timedOut: true, at: now)
      } else if let stale = contexts[name]?.staleText(at: now) {
        actions += synthesise(stale, in: name)
      }
    }
    return actions
  }

  /// Every context finishes what it has; then the connection ends.
  mutating func closeSocket(at now: ContinuousClock.Instant) -> [Action] {
    closingSocket = true
    return order.flatMap { name in
      contexts[name]?.waiting.removeAll()
      return contexts[name]?.isClosing == true ? [] : close(name, at: now)
    }
  }

  private mutating func closeIfDue() -> [Action] {
    if closingSocket, contexts.isEmpty {
      closed = true
      let totals = TurnTotals(audioSeconds: endedAudioSeconds)
      return [
        .send(ServiceFrame(.sessionClosed(totals, usage: nil))), .close(code: 1000, reason: ""),
      ]
    }
    if draining, !contexts.values.contains(where: \.isBusy) {
      closed = true
      return [.drained]
    }
    return []
  }
}
