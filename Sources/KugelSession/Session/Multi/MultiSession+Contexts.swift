import KugelWire

// Contexts: opened, kept, given up for others, closed.
extension MultiSession {
  /// Sends what can be sent, and makes room for what cannot.
  mutating func pump(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    for name in order {
      guard let context = contexts[name] else { continue }
      if context.lane.hasWork, !context.isOpen, !queue.contains(name) { queue.append(name) }
      if !context.lane.hasWork { queue.removeAll { $0 == name } }
    }
    if !queue.isEmpty { actions += connectIfDown(at: now) }
    guard link.isUp else { return actions }
    actions += openQueued(at: now)
    for name in order where contexts[name]?.isOpen == true {
      actions += sendUnsent(of: name, at: now)
      if let context = contexts[name], context.closesWhenDone, !context.lane.isBusy {
        actions += close(name, at: now)
      }
    }
    return actions
  }

  private mutating func openQueued(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    var leaving = contexts.values.count { if case .closing = $0.state { true } else { false } }
    while let name = queue.first(where: { contexts[$0]?.state == .closed }) {
      if openContexts < places {
        queue.removeAll { $0 == name }
        actions += create(name, at: now)
      } else if leaving < queue.count, let idle = leastRecentlyUsed {
        leaving += 1
        actions += close(idle, at: now)
      } else {
        break
      }
    }
    return actions
  }

  /// The context that has been silent for longest among those with nothing to say.
  private var leastRecentlyUsed: String? {
    let idle = order.filter { contexts[$0].map { $0.isOpen && !$0.lane.isBusy } ?? false }
    return idle.min { one, other in
      guard let one = contexts[one], let other = contexts[other] else { return false }
      return one.lastUsed < other.lastUsed
    }
  }

  mutating func create(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    guard var context = contexts[name] else { return [] }
    context.state = .open
    context.reopens = false
    (context.lastUsed, context.lastSent) = (now, now)
    context.lane.rewind()
    contexts[name] = context
    var settings = context.settings
    settings.merge(settingsUpdate)
    // Services keep what another context was given.
    settings.speed = settings.speed ?? 1
    if contexts.values.contains(where: { $0.settings.pitch != nil }) {
      settings.pitch = settings.pitch ?? 50
    }
    var frame = ClientFrame(text: " ")
    frame.context = context.wireName
    frame.contextSettings.voice = settings.voice
    frame.contextSettings.cfgScale = settings.cfgScale
    frame.contextSettings.maxNewTokens = settings.maxNewTokens
    (settings.voice, settings.cfgScale, settings.maxNewTokens) = (nil, nil, nil)
    frame.settings = settings
    return [.send(frame)]
  }

  private mutating func sendUnsent(
    of name: String, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let wireName = contexts[name]?.wireName else { return [] }
    let unsent = contexts[name]?.lane.unsent(at: now) ?? []
    if !unsent.isEmpty {
      contexts[name]?.lastSent = now
      contexts[name]?.lastUsed = now
    }
    return unsent.map { piece in
      var frame = ClientFrame()
      frame.context = wireName
      frame.text = piece.text
      frame.flush = piece.flush
      return .send(frame)
    }
  }

  /// - Parameter immediate: what is queued is not spoken.
  mutating func close(
    _ name: String, immediate: Bool = false, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let context = contexts[name], context.isOpen, link.isUp else { return [] }
    let due = now + policy.cancelTimeout
    contexts[name]?.state = .closing(due: due)
    contexts[name]?.lane.rewind()
    var frame = ClientFrame()
    frame.context = context.wireName
    frame.closeContext = true
    frame.immediate = immediate
    return [.send(frame)]
  }

  mutating func cancel(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    let wasBusy = contexts[name]?.lane.isBusy ?? false
    let told = tell(contexts[name]?.lane.cancel() ?? [], of: name)
    queue.removeAll { $0 == name }
    return told + (wasBusy ? close(name, immediate: true, at: now) : [])
  }

  mutating func cancelAll(at now: ContinuousClock.Instant) -> [Action] {
    let due = now + policy.cancelTimeout
    var actions: [Action] = []
    if link.isUp, order.contains(where: { contexts[$0]?.isOpen == true }) {
      actions.append(.send(.cancel))
    }
    for name in order {
      actions += tell(contexts[name]?.lane.cancel() ?? [], of: name)
      if contexts[name]?.isOpen == true { contexts[name]?.state = .closing(due: due) }
    }
    queue = []
    link.giveUpWaiting()
    return actions
  }

  /// A turn of the context has failed; what the service still says of it is not heard.
  mutating func fail(
    _ name: String, _ failure: SessionFailure, at now: ContinuousClock.Instant
  ) -> [Action] {
    let told = tell(contexts[name]?.lane.failFirst(failure) ?? [], of: name)
    return told + close(name, immediate: true, at: now)
  }
}
