import KugelWire

/// A service's side of one socket of ElevenLabs': of one context without a name, or of several.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
///
/// Source: ElevenLabs notes, sections 2, 7, 8 and 9.2.
package struct ContextSocket: ServiceCore {
  /// What the socket was opened for.
  package struct Request: Sendable {
    /// It takes several contexts.
    package var isMulti: Bool
    /// Of all its contexts.
    package var settings: TurnSettings
    /// A context without input for so long is given up.
    package var inactivity = Duration.seconds(20)
    /// Whoever opened it has shown a key that is taken, or needs none; nil: one that is not.
    package var isAdmitted: Bool?
    /// How sound travels.
    package var format: SpokenFormat

    package init(
      isMulti: Bool, settings: TurnSettings, isAdmitted: Bool?, format: SpokenFormat = .usual
    ) {
      self.isMulti = isMulti
      self.settings = settings
      self.isAdmitted = isAdmitted
      self.format = format
    }
  }

  private enum Course: Sendable {
    case open
    /// It ends with its contexts: the client wants that.
    case closing
    /// It ends with what is under way: the service shuts down.
    case draining
    case closed
  }

  /// Contexts that a socket of several may have at once.
  package static let contextLimit = 5

  private let profile: ServiceProfile
  private let request: Request
  /// Whether a key that came in a message is taken.
  private let admits: @Sendable (String) -> Bool
  private var isAdmitted: Bool
  private let openedAt: ContinuousClock.Instant
  private var contexts: [String: SpokenContext] = [:]
  private var nextJob = 0
  private var retired = 0
  private var isSending = false
  private var course = Course.open

  /// - Parameters:
  ///   - admits: whether a key that comes in a message is taken.
  ///   - now: when it was opened; a socket of one context has it from its beginning.
  package init(
    profile: ServiceProfile, request: Request, admits: @escaping @Sendable (String) -> Bool,
    at now: ContinuousClock.Instant
  ) {
    self.profile = profile
    self.request = request
    self.admits = admits
    isAdmitted = request.isAdmitted ?? false
    openedAt = now
    if !request.isMulti { contexts[""] = context("", ClientFrame(), at: now) }
  }

  package var isBusy: Bool { contexts.values.contains(where: \.isBusy) }

  package var deadline: ContinuousClock.Instant? {
    if case .closed = course { return nil }
    // A key that is not taken is told before anything is said.
    if request.isAdmitted == nil { return openedAt }
    return contexts.values.compactMap(silenceEnd).min()
  }

  /// Silence counts only while nothing is said, and when the client has heard it.
  private func silenceEnd(of context: SpokenContext) -> ContinuousClock.Instant? {
    guard !context.isClosing, !context.isSpeaking, !isSending else { return nil }
    return context.lastInput + request.inactivity
  }

  package mutating func receive(
    _ event: ServiceEvent, at now: ContinuousClock.Instant
  ) -> [ServiceAction] {
    if case .closed = course { return [] }
    if request.isAdmitted == nil { return fail(.invalidKey) }
    var actions: [ServiceAction]
    switch event {
    case .frame(let frame):
      do throws(ServiceError) { actions = try received(frame, at: now) } catch {
        return fail(error)
      }
    case .unreadable: return fail(.unreadableMessage)
    case .engine(let news, let job): actions = engine(news, job: job, at: now)
    case .sending(let sending):
      isSending = sending
      if !sending { for name in contexts.keys { contexts[name]?.touch(at: now) } }
      actions = []
    case .drain:
      if case .open = course { course = .draining }
      actions = []
    case .disconnected:
      course = .closed
      contexts = [:]
      return [.abort]
    case .tick: actions = tick(at: now)
    }
    return actions + closeIfDue()
  }

  private mutating func closeIfDue() -> [ServiceAction] {
    switch course {
    case .closing where contexts.isEmpty:
      course = .closed
      return [.close(code: 1000, reason: "")]
    case .draining where !isBusy:
      course = .closed
      return [.drained]
    case .open, .closing, .draining, .closed: return []
    }
  }

  // MARK: Messages

  private mutating func received(
    _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    if case .closing = course { return [] }
    try admit(frame)
    guard let voice = request.settings.voice, profile.voice(voice) != nil else {
      throw .unknownVoice("\(request.settings.voice.map(\.description) ?? "")")
    }
    if frame.cancel { return cut() }
    if frame.closeSocket {
      course = .closing
      var actions: [ServiceAction] = []
      for name in contexts.keys.sorted() { actions += try close(name, at: now) }
      return actions
    }
    guard request.isMulti else {
      let ends = frame.text == ""
      if ends { course = .closing }
      return try take(frame, in: "", ends: ends, at: now)
    }
    let isKeepAlive = (frame.text ?? "").isEmpty && !frame.flush && !frame.closeContext
    if isKeepAlive, frame.context == nil {
      for name in contexts.keys { contexts[name]?.touch(at: now) }
      return []
    }
    return try take(frame, in: frame.context ?? "", ends: frame.closeContext, at: now)
  }

  /// A key may come with the first message.
  private mutating func admit(_ frame: ClientFrame) throws(ServiceError) {
    guard !isAdmitted else { return }
    guard let key = frame.key else { throw .noKey }
    guard admits(key) else { throw .invalidKey }
    isAdmitted = true
  }

  private mutating func take(
    _ frame: ClientFrame, in name: String, ends: Bool, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    retire(name)
    if contexts[name] == nil || isFirst(frame, in: name) {
      // To end what is not there is nothing.
      if ends, request.isMulti { return [] }
      if contexts[name] == nil, contexts.count >= Self.contextLimit { throw .tooManyContexts }
      try check(frame.contextSettings)
      contexts[name] = context(name, frame, at: now)
    }
    contexts[name]?.touch(at: now)
    var actions = try speak(
      frame.text ?? "", frame.flush ? .flush : frame.tries ? .attempt : .schedule, in: name, at: now
    )
    if ends { actions += try close(name, at: now) }
    return actions
  }

  /// A name may be used again while what was said under it before is still being spoken.
  private mutating func retire(_ name: String) {
    guard let old = contexts[name], old.isClosing else { return }
    contexts[name] = nil
    retired += 1
    contexts["\(name)\u{0}\(retired)"] = old
  }

  /// The context that a socket begins with has no settings of its own until the first message.
  private func isFirst(_ frame: ClientFrame, in name: String) -> Bool {
    guard !request.isMulti, let context = contexts[name] else { return false }
    return !frame.contextSettings.isEmpty && !context.isBusy && !context.hasBegun
  }

  private func check(_ settings: TurnSettings) throws(ServiceError) {
    for length in settings.chunkLengthSchedule ?? [] where !TriggerBuffer.lengths.contains(length) {
      throw .unreadableMessage
    }
  }

  private func context(
    _ name: String, _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) -> SpokenContext {
    var settings = request.settings
    settings.merge(frame.contextSettings)
    settings.wordTimestamps = true
    // Its range is a little wider than ours.
    settings.speed = settings.speed.map {
      min(max($0, profile.limits.speeds.lowerBound), profile.limits.speeds.upperBound)
    }
    return SpokenContext(
      request.isMulti ? name : nil, settings: settings, profile: profile, at: now)
  }

  private mutating func speak(
    _ text: String, _ trigger: TriggerBuffer.Trigger, in name: String,
    at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    // Only so that a failure is told: the context cannot be changed where it is and throw.
    guard var context = contexts.removeValue(forKey: name) else { return [] }
    defer { contexts[name] = context }
    return try context.append(text, trigger, numbered: &nextJob, at: now)
      .map(ServiceAction.synthesise)
  }

  /// Says what is there, then the last word; at once when nothing is.
  private mutating func close(
    _ name: String, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    let actions = try speak("", .flush, in: name, at: now)
    contexts[name]?.close()
    return actions + endIfDone(name)
  }

  private mutating func endIfDone(_ name: String) -> [ServiceAction] {
    guard let context = contexts[name], context.isDone else { return [] }
    contexts[name] = nil
    let mark = context.name
    let end: [ServiceAction] =
      context.hasBegun ? [.turnEnded(.completed, context: mark)] : []
    let isLast = !contexts.values.contains { $0.name == mark }
    return [.send(ServiceFrame(.contextClosed(usage: nil), context: mark))] + end
      + (isLast ? mark.map { [.releaseContext($0)] } ?? [] : [])
  }

  /// Everything is dropped, as KugelAudio's own socket of this kind has it.
  private mutating func cut() -> [ServiceAction] {
    let ends = outcomes(.interrupted)
    contexts = [:]
    course = .closed
    return [.abort] + ends + [.close(code: 1000, reason: "")]
  }

  // MARK: Failures

  private mutating func fail(_ error: ServiceError) -> [ServiceAction] {
    let ends = outcomes(.failed)
    contexts = [:]
    course = .closed
    return [.abort, .error(error)] + ends
      + [.close(code: error.contextCloseCode, reason: error.closeReason)]
  }

  private func outcomes(_ outcome: ServiceMetrics.TurnOutcome) -> [ServiceAction] {
    contexts.sorted { $0.key < $1.key }.map(\.value).filter(\.hasBegun).map {
      .turnEnded(outcome, context: $0.name)
    }
  }

  // MARK: The engine, and time

  private mutating func engine(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [ServiceAction] {
    for name in contexts.keys {
      guard let messages = contexts[name]?.receive(news, job: job, at: now) else { continue }
      if case .failed(let error) = news { return fail(error) }
      let mark = contexts[name]?.name
      let told = messages.map { ServiceAction.send(ServiceFrame($0, context: mark)) }
      return told + endIfDone(name)
    }
    return []
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [ServiceAction] {
    let silent = contexts.keys.sorted().filter { name in
      contexts[name].flatMap(silenceEnd).map { now >= $0 } ?? false
    }
    guard !silent.isEmpty else { return [] }
    guard request.isMulti else {
      return fail(.inputTimeout(seconds: request.inactivity / .seconds(1)))
    }
    return silent.flatMap { name in (try? close(name, at: now)) ?? [] }
  }
}
