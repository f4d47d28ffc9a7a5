import KugelWire

/// A client's side of one connection with many contexts, each with turns of its own: from text to
/// audio, through losses, refusals and interruptions.
///
/// A context is opened when it first speaks, or early; one that is not needed makes room when the
/// service has no more. What ails one context ends its turn only.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: protocol notes, sections 7, 8.3, 13 and 21.
package struct MultiSession: Sendable {
  private let policy: SessionPolicy
  private var course = SessionCourse()
  private var link: SessionLink<MultiTalk>
  private var contexts: ContextTable
  private var isHeld = false
  private var lastTurn = 0
  /// When `tick` is due, or may be; nil when nothing is waited for.
  package private(set) var deadline: ContinuousClock.Instant?

  package init(policy: SessionPolicy = SessionPolicy(), chance: Double = 0) {
    self.policy = policy
    link = SessionLink(policy: policy, chance: chance)
    contexts = ContextTable(policy)
  }

  package var isConnected: Bool { link.isUp }

  /// Whether any turn has been begun and not ended.
  package var isBusy: Bool { contexts.isBusy }

  /// Contexts that take up a place at the service.
  package var openContexts: Int { contexts.openCount }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    if course.isOver { return [] }
    course.begin(at: now)
    if case .received(let frame) = event, isMoreAudio(frame) { return received(frame, at: now) }
    var actions = handle(event, at: now)
    actions += pump(at: now)
    if course.isFinishing, !isBusy { actions += leave(at: now) }
    deadline = course.isOver ? nil : nextDeadline
    return actions
  }

  private mutating func handle(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    switch event {
    case .start: return connectIfDown(at: now)
    case .opened: return opened(at: now)
    case .lost(let loss): return lost(loss, at: now)
    case .received(let frame): return received(frame, at: now)
    case .open(let name, let settings): return open(name, settings, at: now)
    case .text(let text, let name): return self.text(text, name, at: now)
    case .endTurn(let name): return inContext(name) { $0.endTurn() }
    case .close(let name): return inContext(name) { $0.closeWhenDone() }
    case .cancel(let name?): return cancel(name, at: now)
    case .cancel(nil): return cancelAll(at: now)
    case .update(let update):
      contexts.update(update)
      return link.talk?.update(update).sent ?? []
    case .finish:
      course.finish()
      return contexts.order.flatMap { inContext($0) { $0.endTurn() } }
    case .held(let held):
      isHeld = held
      // The service was not silent while nobody listened.
      if !held { link.talk?.heard(at: now) }
      return []
    case .tick: return tick(at: now)
    }
  }

  /// What a context's turns make of something.
  private mutating func inContext(
    _ name: String, _ body: (inout ClientContext) -> [TurnLane.News]
  ) -> [Action] {
    let news = contexts.change(name, body) ?? []
    return news.map { $0.action(of: name) }
  }

  // MARK: What the user does

  private mutating func open(
    _ name: String, _ settings: TurnSettings, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard contexts.add(name, settings, at: now) else { return [] }
    // Early contexts take a free place; only text makes others give way.
    if link.isUp, contexts.hasPlace { return contexts.open(name, at: now).map(Action.send) }
    contexts.change(name) { $0.wantsToReopen(!link.isUp) }
    return []
  }

  private mutating func text(
    _ text: String, _ name: String, at now: ContinuousClock.Instant
  ) -> [Action] {
    let number = lastTurn + 1
    let began = contexts.change(name) { $0.say(text, number: number, at: now) }
    guard began == true else { return [] }
    lastTurn = number
    return [.turnBegan(number, context: name)]
  }

  private mutating func cancel(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    let wasBusy = contexts[name]?.lane.isBusy ?? false
    let told = inContext(name) { $0.cancelTurns() }
    contexts.leaveQueue(name)
    return told + (wasBusy ? close(name, immediate: true, at: now) : [])
  }

  private mutating func cancelAll(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = link.isUp && !contexts.openNames.isEmpty ? [.send(.cancel)] : []
    for name in contexts.order {
      actions += inContext(name) { $0.cancelTurns() }
      _ = contexts.close(name, at: now)
    }
    contexts.dropQueue()
    link.giveUpWaiting()
    return actions
  }

  // MARK: Contexts

  /// Sends what can be sent, and makes room for what cannot.
  private mutating func pump(at now: ContinuousClock.Instant) -> [Action] {
    contexts.queueUp()
    let dial = contexts.hasQueue ? connectIfDown(at: now) : []
    return dial + (link.isUp ? contexts.flow(at: now).map(Action.send) : [])
  }

  private mutating func close(
    _ name: String, immediate: Bool = false, at now: ContinuousClock.Instant
  ) -> [Action] {
    link.isUp ? contexts.close(name, immediate: immediate, at: now).map(Action.send) : []
  }

  /// A turn of the context has failed; what the service still says of it is not heard.
  private mutating func fail(
    _ name: String, _ failure: SessionFailure, at now: ContinuousClock.Instant
  ) -> [Action] {
    inContext(name) { $0.failTurn(failure) } + close(name, immediate: true, at: now)
  }

  /// Nothing that is under way will be answered.
  private mutating func failEverything(
    _ failure: SessionFailure, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard isBusy else { return [.unreachable(failure)] }
    var actions: [Action] = []
    for name in contexts.order {
      let wasBusy = contexts[name]?.lane.isBusy ?? false
      actions += inContext(name) { $0.failTurns(failure) }
      if wasBusy { actions += close(name, immediate: true, at: now) }
    }
    contexts.dropQueue()
    return actions
  }

  // MARK: What the service says

  private mutating func received(
    _ frame: ServiceFrame, at now: ContinuousClock.Instant
  ) -> [Action] {
    link.talk?.heard(at: now)
    guard let wireName = frame.context else { return receivedForAll(frame.message, at: now) }
    // Of a context that is gone: nobody's.
    guard let context = contexts.called(wireName) else { return [] }
    let name = context.name
    switch frame.message {
    case .contextClosed(let usage):
      let told = inContext(name) { $0.serviceClosed() }
      return told + [.contextClosed(name, usage: usage)]
    case .error(let error):
      guard context.isOpen else { return [] }
      if error.name == "TOO_MANY_CONTEXTS", contexts.refused(name) { return [] }
      return fail(name, .service(ServiceFailure(error)), at: now)
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final:
      guard context.isOpen else { return [] }
      if case .final = frame.message { link.proved() }
      if case .chunkComplete = frame.message, policy.onDrop == .resume { link.proved() }
      return inContext(name) { $0.received(frame.message, at: now) }
    case .contextCreated, .contextTimeout, .interrupted, .sessionClosed, .settingsUpdated: return []
    }
  }

  /// Whether the frame is more of a turn's audio: it leaves nothing to do, and only puts off what is due.
  private func isMoreAudio(_ frame: ServiceFrame) -> Bool {
    guard case .audio = frame.message, let name = frame.context else { return false }
    return contexts.called(name)?.lane.hasAudio == true
  }

  private mutating func receivedForAll(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch message {
    case .settingsUpdated(let settings):
      link.talk?.updateTaken()
      return [.settingsUpdated(settings)]
    case .error(let error):
      if link.talk?.takesAsRefusal(error) == true { return [.settingsRefused(error)] }
      return failEverything(.service(ServiceFailure(error)), at: now)
    case .sessionClosed:
      link.talk?.endAnswered()
      return []
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .final, .interrupted,
      .contextCreated, .contextTimeout, .contextClosed:
      return []
    }
  }

  // MARK: The connection

  private mutating func connectIfDown(at now: ContinuousClock.Instant) -> [Action] {
    link.dial(at: now) ? [.connect] : []
  }

  /// Every context that was open is opened again before anything is said.
  private mutating func opened(at now: ContinuousClock.Instant) -> [Action] {
    link.opened(MultiTalk(at: now))
    var actions: [Action] = []
    for name in contexts.order where contexts[name]?.reopens == true {
      contexts.change(name) { $0.wantsToReopen(false) }
      guard contexts.hasPlace else { continue }
      actions += contexts.open(name, at: now).map(Action.send)
    }
    return actions
  }

  private mutating func lost(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    let wasUp = link.isUp
    let retries = link.canRetry(after: loss)
    link.drop()
    var actions: [Action] = []
    for name in contexts.order {
      contexts.change(name) { $0.connectionLost() }
      if retries, contexts[name]?.lane.isBusy == true { actions += laneLost(name, loss) }
    }
    // An idle connection that ends is opened again when it is needed.
    if !isBusy, wasUp || course.isFinishing || !actions.isEmpty { return actions }
    return actions + retry(loss, at: now)
  }

  private mutating func laneLost(_ name: String, _ loss: ServiceFailure) -> [Action] {
    let onDrop = policy.onDrop
    switch contexts.change(name, { $0.turnLost(onDrop) }) {
    case nil, .replayed: return []
    case .resumed(let turn): return [.resumed(turn: turn, context: name)]
    case .complete(let news): return news.map { $0.action(of: name) }
    case .lost: return inContext(name) { $0.failTurn(.service(loss)) }
    }
  }

  private mutating func retry(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    guard let next = link.retry(after: loss, at: now) else {
      return failEverything(.service(loss), at: now)
    }
    return [.retrying(attempt: next.attempt, after: next.pause, cause: loss)]
  }

  // MARK: Time

  /// When something is due as things stand.
  private var nextDeadline: ContinuousClock.Instant? {
    let heard = isHeld ? nil : link.talk?.lastHeard
    return [
      link.deadline, link.talk?.farewellDue, totalDeadline,
      link.isUp ? contexts.deadline(lastHeard: heard) : nil,
    ].compactMap(\.self).min()
  }

  private var totalDeadline: ContinuousClock.Instant? {
    guard isBusy, let since = course.since, let patience = policy.totalTimeout else { return nil }
    return since + patience
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    if let due = totalDeadline, now >= due {
      return failEverything(.timedOut(.total, after: policy.totalTimeout ?? .zero), at: now)
    }
    switch link.due(at: now) {
    case .connect: return [.connect]
    case .timedOut(let patience):
      let loss = ServiceFailure.unconnected(within: patience)
      return [.disconnect]
        + (link.canRetry(after: loss)
          ? retry(loss, at: now)
          : failEverything(.timedOut(.connect, after: patience), at: now))
    case nil: break
    }
    guard let talk = link.talk else { return [] }
    return contexts.order.flatMap { tick($0, talk, at: now) }
  }

  private mutating func tick(
    _ name: String, _ talk: MultiTalk, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let context = contexts[name] else { return [] }
    switch context.state {
    case .closed: return []
    case .closing(let due):
      guard now >= due else { return [] }
      contexts.change(name) { $0.abandoned() }
      return [.contextClosed(name, usage: nil)]
    case .open(let lastSent):
      let heard = isHeld ? nil : talk.lastHeard
      if let silence = contexts.silence(of: context, lastHeard: heard), now >= silence.at {
        guard let failure = silence.failure else { return inContext(name) { $0.completeTurn() } }
        return fail(name, failure, at: now)
      }
      guard now >= lastSent + policy.keepAlive else { return [] }
      contexts.change(name) { $0.sent(at: now) }
      return [.send(context.frame("", flush: false))]
    }
  }

  // MARK: The end

  /// Every turn is over: contexts are closed for what they cost, then the connection.
  private mutating func leave(at now: ContinuousClock.Instant) -> [Action] {
    var actions: [Action] = []
    if let talk = link.talk {
      for name in contexts.openNames { actions += close(name, at: now) }
      if openContexts > 0 { return actions }
      if talk.isToBeAsked {
        let due = now + policy.cancelTimeout
        return actions + (link.talk?.askForTheEnd(givingUpAt: due).sent ?? [])
      }
      if !talk.isOver(at: now) { return actions }
    }
    course.end()
    defer { link.drop() }
    return actions + (link.isDown ? [.finished] : [.disconnect, .finished])
  }
}

extension ClientFrame {
  fileprivate var sent: [MultiSession.Action] { [.send(self)] }
}
