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

  /// What becomes of the connection.
  private enum Course: Sendable {
    case open
    /// It ends with the turns under way: the service shuts down.
    case draining
    /// It ends with its contexts: the client wants that, and says no more.
    case closing
    case closed
  }

  private let profile: ServiceProfile
  /// Of the session; contexts take them over when they are created.
  private var settings = TurnSettings()
  private var contexts: ServiceContexts
  private var isSending = false
  private var course = Course.open

  package init(profile: ServiceProfile) {
    self.profile = profile
    contexts = ServiceContexts(profile: profile)
  }

  /// When `tick` is due; nil when nothing is waited for.
  package private(set) var deadline: ContinuousClock.Instant?

  private var nextDeadline: ContinuousClock.Instant? {
    course == .closed ? nil : contexts.deadline(whileSending: isSending)
  }

  /// Whether a context is open.
  package var isBusy: Bool { !contexts.isEmpty }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    guard course != .closed else { return [] }
    // What most events are: nothing becomes due by it, and nothing ends.
    if case .engine(.samples(let samples), let job) = event {
      return engine(.samples(samples), job: job, at: now)
    }
    defer { deadline = nextDeadline }
    var actions: [Action]
    switch event {
    case .frame(let frame): actions = course == .closing ? [] : received(frame, at: now)
    case .unreadable(let error): actions = [.error(error)]
    case .engine(let news, let job): actions = engine(news, job: job, at: now)
    case .sending(let sending):
      isSending = sending
      if !sending { contexts.everythingSent(at: now) }
      actions = []
    case .drain:
      if course == .open { course = .draining }
      actions = []
    case .disconnected:
      course = .closed
      contexts.removeAll()
      return [.abort]
    case .tick: actions = tick(at: now)
    }
    return actions + closeIfDue()
  }

  private mutating func closeIfDue() -> [Action] {
    switch course {
    case .closing where contexts.isEmpty:
      course = .closed
      let totals = TurnTotals(audioSeconds: contexts.endedAudioSeconds)
      return [
        .send(ServiceFrame(.sessionClosed(totals, usage: nil))), .close(code: 1000, reason: ""),
      ]
    case .draining where !contexts.isBusy:
      course = .closed
      return [.drained]
    case .open, .draining, .closing, .closed: return []
    }
  }

  // MARK: Frames

  /// Source: protocol notes, section 7.1.
  private mutating func received(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> [Action]
  {
    let name = frame.context.flatMap { $0.isEmpty ? nil : $0 }
    if frame.cancel { return cancel(name, at: now) }
    if let name {
      do throws(ServiceError) {
        if try contexts.keep(frame, for: name) {
          return frame.closeContext && frame.immediate ? cut(name, at: now) : []
        }
      } catch {
        return [.send(ServiceFrame(.error(error), context: name))]
      }
    }
    let acknowledged = frame.update.map { [update($0)] } ?? []
    return acknowledged + perform(frame, in: name, at: now)
  }

  private mutating func perform(
    _ frame: ClientFrame, in name: String?, at now: ContinuousClock.Instant
  ) -> [Action] {
    do throws(ServiceError) {
      var merged = settings
      merged.merge(frame.settings)
      settings = try RequestValidator.check(merged, limits: profile.limits)
    } catch {
      return refuse(error, in: name)
    }
    if frame.closeSocket { return closeSocket(at: now) }
    guard let name else { return performWithoutContext(frame, at: now) }
    var actions: [Action] = []
    if !contexts.has(name) {
      if let answer = answerOfNobody(frame, name) { return answer }
      do throws(ServiceError) {
        if contexts.isFull { throw .tooManyContexts(limit: profile.contextLimit) }
        let own = try RequestValidator.check(frame.contextSettings, limits: profile.limits)
        actions.append(contexts.create(name, settings: settings, own: own, at: now))
      } catch {
        return refuse(error, in: name)
      }
    }
    contexts.touch(name, at: now)
    if let text = frame.text, !text.isEmpty {
      do throws(ServiceError) {
        actions += try contexts.append(text, to: name, at: now)
      } catch {
        actions += refuse(error, in: name)
        if !frame.closeContext { return actions }
      }
    }
    if frame.closeContext {
      return actions + (frame.immediate ? cut(name, at: now) : close(name, at: now))
    }
    return frame.flush ? actions + contexts.flush(name) : actions
  }

  /// The answer to a frame that does not create the context it names; nil when it does.
  private mutating func answerOfNobody(_ frame: ClientFrame, _ name: String) -> [Action]? {
    if frame.closeContext { return contexts.sayClosed(name) }
    guard frame.text == nil else { return nil }
    if frame.flush { return [.send(ServiceFrame(.final(FinalStatistics()), context: name))] }
    return frame.keepAlive || frame.update != nil ? [] : nil
  }

  /// Settings of the session, as in the hint that some clients send right after connecting.
  private mutating func performWithoutContext(
    _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) -> [Action] {
    if frame.keepAlive { contexts.touchAll(at: now) }
    let hasText = frame.text?.unicodeScalars.contains { !$0.properties.isWhitespace } ?? false
    guard hasText || frame.flush || frame.closeContext else { return [] }
    return [.error(.validation("context_id is required"))]
  }

  /// One context, or all that still take text.
  private mutating func cancel(_ name: String?, at now: ContinuousClock.Instant) -> [Action] {
    let acknowledgement = Action.send(ServiceFrame(.interrupted, context: name))
    guard let name else {
      contexts.dropWaiting()
      return [acknowledgement] + contexts.open.flatMap { cut($0, at: now) }
    }
    contexts.dropWaiting(for: name)
    return [acknowledgement] + cut(name, at: now)
  }

  private mutating func update(_ update: SettingsUpdate) -> Action {
    do throws(ServiceError) {
      settings.merge(try RequestValidator.check(update, limits: profile.limits))
    } catch {
      return .error(error)
    }
    return .send(ServiceFrame(.settingsUpdated(settings.inEffect)))
  }

  private mutating func refuse(_ error: ServiceError, in name: String?) -> [Action] {
    if let name, contexts.has(name) { return contexts.fail(name, error) }
    return [.send(ServiceFrame(.error(error), context: name))]
  }

  /// Every context finishes what it has; then the connection ends.
  private mutating func closeSocket(at now: ContinuousClock.Instant) -> [Action] {
    course = .closing
    contexts.dropWaiting()
    return contexts.open.flatMap { close($0, at: now) }
  }

  // MARK: Ends of contexts

  /// Speaks what is there, then closes; at once when nothing is.
  private mutating func close(
    _ name: String, timedOut: Bool = false, at now: ContinuousClock.Instant
  ) -> [Action] {
    let actions = contexts.beginClosing(name, timedOut: timedOut)
    return actions + succeed(contexts.endIfDone(name), at: now)
  }

  /// Ends the context, whatever is under way.
  private mutating func cut(_ name: String, at now: ContinuousClock.Instant) -> [Action] {
    succeed(contexts.cut(name), at: now)
  }

  /// What waited for a context's end happens now.
  private mutating func succeed(
    _ farewell: ServiceContexts.Farewell?, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let farewell else { return [] }
    var (actions, waiting) = (farewell.actions, farewell.waiting)
    while let frame = waiting.popFirst() { actions += received(frame, at: now) }
    return actions
  }

  // MARK: The engine, and time

  private mutating func engine(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let (name, actions) = contexts.receive(news, job: job, at: now) else { return [] }
    switch news {
    case .started, .samples, .words: return actions
    case .finished, .failed: return actions + succeed(contexts.endIfDone(name), at: now)
    }
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    contexts.all.flatMap { name in
      contexts.hasTimedOut(name, by: now, whileSending: isSending)
        ? close(name, timedOut: true, at: now) : contexts.speakStaleText(of: name, at: now)
    }
  }
}
