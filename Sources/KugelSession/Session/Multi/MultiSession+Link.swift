import KugelWire

// The connection: made, lost, made again, given up; and everything that waits for a time.
extension MultiSession {
  /// When something is due as things stand.
  var nextDeadline: ContinuousClock.Instant? {
    var deadlines = [link.deadline, farewellDue, totalDeadline].compactMap(\.self)
    if link.isUp {
      for context in contexts.values {
        if let due = deadline(of: context) { deadlines.append(due) }
      }
    }
    return deadlines.min()
  }

  private var totalDeadline: ContinuousClock.Instant? {
    guard isBusy, let startedAt, let patience = policy.totalTimeout else { return nil }
    return startedAt + patience
  }

  private func deadline(of context: ClientContext) -> ContinuousClock.Instant? {
    switch context.state {
    case .closed: nil
    case .closing(let due): due
    case .open:
      [context.lastSent + policy.keepAlive, silence(of: context)?.at].compactMap(\.self).min()
    }
  }

  private enum Silence: Equatable {
    /// All chunks of the turn are complete: it is over.
    case end
    case failure(SessionFailure.Stage, patience: Duration)
  }

  /// The service owes audio only for a turn whose text is complete. While it speaks to any context it
  /// is not silent: others may be served first.
  private func silence(of context: ClientContext) -> (at: ContinuousClock.Instant, Silence)? {
    guard !held, let flushedAt = context.lane.flushedAt else { return nil }
    let since = max(flushedAt, lastHeard ?? flushedAt)
    let own = max(flushedAt, context.lane.wire.first?.lastHeard ?? flushedAt)
    if context.lane.isComplete { return (own + policy.quietTimeout, .end) }
    let stage = context.lane.hasAudio ? SessionFailure.Stage.stall : .first
    let patience = stage == .first ? policy.firstTimeout : policy.stallTimeout
    return patience.map { (since + $0, .failure(stage, patience: $0)) }
  }

  mutating func connectIfDown(at now: ContinuousClock.Instant) -> [Action] {
    link.dial(at: now) ? [.connect] : []
  }

  /// Every context that was open is opened again before anything is said.
  mutating func opened(at now: ContinuousClock.Instant) -> [Action] {
    link.opened()
    lastHeard = now
    updatesUnderWay = 0
    var actions: [Action] = []
    for name in order where contexts[name]?.reopens == true {
      contexts[name]?.reopens = false
      if openContexts < places {
        queue.removeAll { $0 == name }
        actions += create(name, at: now)
      }
    }
    return actions
  }

  mutating func lost(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    let wasUp = link.isUp
    let onDrop = policy.onDrop
    let retries = link.canRetry(after: loss)
    link.drop()
    updatesUnderWay = 0
    var actions: [Action] = []
    for name in order {
      guard let context = contexts[name] else { continue }
      contexts[name]?.reopens = context.isOpen || context.reopens
      contexts[name]?.state = .closed
      guard context.lane.isBusy, retries else { continue }
      switch contexts[name]?.lane.connectionLost(onDrop) {
      case nil, .replayed: break
      case .resumed(let turn): actions.append(.resumed(turn: turn, context: name))
      case .complete(let news): actions += tell(news, of: name)
      case .lost:
        actions += tell(contexts[name]?.lane.failFirst(.service(loss)) ?? [], of: name)
      }
    }
    guard isBusy else {
      // An idle connection that ends is opened again when it is needed.
      return wasUp || isFinishing || !actions.isEmpty ? actions : retry(loss, at: now)
    }
    return actions + retry(loss, at: now)
  }

  private mutating func retry(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    guard let next = link.retry(after: loss, at: now) else {
      return failEverything(.service(loss), at: now)
    }
    return [.retrying(attempt: next.attempt, after: next.pause, cause: loss)]
  }

  private mutating func connectTimedOut(
    after patience: Duration, at now: ContinuousClock.Instant
  ) -> [Action] {
    let loss = ServiceFailure.unconnected(within: patience)
    return [.disconnect]
      + (link.canRetry(after: loss)
        ? retry(loss, at: now) : failEverything(.timedOut(.connect, after: patience), at: now))
  }

  mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    if let due = totalDeadline, now >= due {
      return failEverything(.timedOut(.total, after: policy.totalTimeout ?? .zero), at: now)
    }
    switch link.due(at: now) {
    case .connect: return [.connect]
    case .timedOut(let patience): return connectTimedOut(after: patience, at: now)
    case nil: break
    }
    return link.isUp ? order.flatMap { tick($0, at: now) } : []
  }

  private mutating func tick(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    guard let context = contexts[name] else { return [] }
    switch context.state {
    case .closed: return []
    case .closing(let due):
      guard now >= due else { return [] }
      // Nobody said that it is gone: its name is not used again.
      contexts[name]?.state = .closed
      contexts[name]?.retireName()
      return [.contextClosed(name, usage: nil)]
    case .open:
      if let silence = silence(of: context), now >= silence.at {
        switch silence.1 {
        case .end: return tell(contexts[name]?.lane.completeFirst() ?? [], of: name)
        case .failure(let stage, let patience):
          return fail(name, .timedOut(stage, after: patience), at: now)
        }
      }
      guard now >= context.lastSent + policy.keepAlive else { return [] }
      contexts[name]?.lastSent = now
      var frame = ClientFrame(text: "")
      frame.context = context.wireName
      return [.send(frame)]
    }
  }
}
