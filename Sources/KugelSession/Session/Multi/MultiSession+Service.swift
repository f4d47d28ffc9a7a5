import KugelWire

// What the service says, and whom it concerns.
extension MultiSession {
  mutating func received(_ frame: ServiceFrame, at now: ContinuousClock.Instant) -> [Action] {
    lastHeard = now
    guard let wireName = frame.context else { return receivedForAll(frame.message, at: now) }
    // Of a context that is gone: nobody's.
    guard let context = context(called: wireName) else { return [] }
    let name = context.name
    switch frame.message {
    case .contextClosed(let usage): return closed(context, usage, at: now)
    case .error(let error): return context.isOpen ? failed(context, error, at: now) : []
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final:
      guard context.isOpen else { return [] }
      if case .final = frame.message { link.proved() }
      if case .chunkComplete = frame.message, policy.onDrop == .resume { link.proved() }
      if case .audio = frame.message { contexts[name]?.lastUsed = now }
      return tell(contexts[name]?.lane.received(frame.message, at: now) ?? [], of: name)
    case .contextCreated, .contextTimeout, .interrupted, .sessionClosed, .settingsUpdated: return []
    }
  }

  private func context(called wireName: String) -> ClientContext? {
    let isMeant = { (context: ClientContext) in context.wireName == wireName && context.takesPlace }
    // Only a name that was used up is another at the service.
    if let context = contexts[wireName], isMeant(context) { return context }
    return contexts.values.first(where: isMeant)
  }

  /// Whether the frame is more of a turn's audio: it leaves nothing to do, and only puts off what is due.
  func isMoreAudio(_ frame: ServiceFrame) -> Bool {
    guard case .audio = frame.message, let name = frame.context else { return false }
    return context(called: name)?.lane.hasAudio == true
  }

  private mutating func receivedForAll(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch message {
    case .settingsUpdated(let settings):
      updatesUnderWay = max(0, updatesUnderWay - 1)
      return [.settingsUpdated(settings)]
    case .error(let error):
      if updatesUnderWay > 0, error.code == 400, error.message.contains("settings") {
        updatesUnderWay -= 1
        return [.settingsRefused(error)]
      }
      return failEverything(.service(ServiceFailure(error)), at: now)
    case .sessionClosed: return farewellDue == nil ? [] : goodbye(at: now)
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final, .interrupted,
      .contextCreated, .contextTimeout, .contextClosed:
      return []
    }
  }

  private mutating func goodbye(at now: ContinuousClock.Instant) -> [Action] {
    farewellDue = now
    return []
  }

  private mutating func closed(
    _ context: ClientContext, _ usage: Usage?, at now: ContinuousClock.Instant
  ) -> [Action] {
    contexts[context.name]?.state = .closed
    let told = context.isOpen ? contexts[context.name]?.lane.contextClosed() ?? [] : []
    return tell(told, of: context.name) + [.contextClosed(context.name, usage: usage)]
  }

  private mutating func failed(
    _ context: ClientContext, _ error: ServiceError, at now: ContinuousClock.Instant
  ) -> [Action] {
    let name = context.name
    let others = openContexts - 1
    if error.name == "TOO_MANY_CONTEXTS", others > 0 {
      // The service has fewer places than we thought. What it still says of this attempt is stale.
      places = min(places, others)
      contexts[name]?.state = .closed
      contexts[name]?.retireName()
      contexts[name]?.lane.rewind()
      return []
    }
    return fail(name, .service(ServiceFailure(error)), at: now)
  }

  /// Nothing that is under way will be answered.
  mutating func failEverything(
    _ failure: SessionFailure, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard isBusy else { return [.unreachable(failure)] }
    var actions: [Action] = []
    for name in order {
      let wasBusy = contexts[name]?.lane.isBusy ?? false
      actions += tell(contexts[name]?.lane.failAll(failure) ?? [], of: name)
      if wasBusy { actions += close(name, immediate: true, at: now) }
    }
    queue = []
    return actions
  }
}
