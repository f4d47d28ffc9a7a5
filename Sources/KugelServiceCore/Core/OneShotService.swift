import KugelWire

/// A service's side of one `/ws/tts` connection: a complete text per request, one at a time.
///
/// Also speaks for `POST /v1/tts/generate`.
///
/// Source: protocol notes, sections 4 and 21.
package struct OneShotService: ServiceCore {
  private struct Request: Sendable {
    var turn: ServiceTurn
    let text: String
    let begun: ContinuousClock.Instant
    var firstAudio: ContinuousClock.Instant?
    var generationMilliseconds = 0.0
  }

  private let profile: ServiceProfile
  /// What requests that omit a field get.
  private var defaults: TurnSettings
  private var request: Request?
  private var waiting: WaitingFrames
  private var nextJob = 0
  private var draining = false
  private var closed = false

  /// - Parameter defaults: for fields that requests omit, such as the model of the URL.
  package init(profile: ServiceProfile, defaults: TurnSettings = TurnSettings()) {
    self.profile = profile
    waiting = WaitingFrames(limit: profile.waitingBytes)
    self.defaults = defaults
    // Of this endpoint alone (section 4.2).
    self.defaults.temperature = defaults.temperature ?? 0.4
  }

  package var deadline: ContinuousClock.Instant? { nil }
  package var isBusy: Bool { request != nil }

  package mutating func receive(
    _ event: ServiceEvent, at now: ContinuousClock.Instant
  ) -> [ServiceAction] {
    guard !closed else { return [] }
    switch event {
    case .frame(let frame): return received(frame, at: now)
    case .unreadable(let error): return [.error(error)]
    case .engine(let news, let job): return engine(news, job: job, at: now)
    case .sending, .tick: return []
    case .drain:
      draining = true
      return next(at: now)
    case .disconnected:
      closed = true
      request = nil
      waiting.removeAll()
      return [.abort]
    }
  }

  private mutating func received(
    _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) -> [ServiceAction] {
    var actions: [ServiceAction] = []
    if frame.cancel {
      let ended = request?.turn
      if request != nil { actions.append(.abort) }
      request = nil
      return actions + [.send(ServiceFrame(.interrupted))]
        + ServiceAction.end(of: ended, .interrupted) + next(at: now)
    }
    if let update = frame.update {
      actions.append(self.update(update))
      if frame.text == nil { return actions }
    }
    do throws(ServiceError) {
      try waiting.append(frame)
    } catch {
      return actions + [.error(error)]
    }
    return actions + next(at: now)
  }

  private mutating func update(_ update: SettingsUpdate) -> ServiceAction {
    do throws(ServiceError) {
      defaults.merge(try RequestValidator.check(update, limits: profile.limits))
    } catch {
      return .error(error)
    }
    return .send(ServiceFrame(.settingsUpdated(defaults.inEffect)))
  }

  /// Begins the request that has waited longest, unless one is under way.
  private mutating func next(at now: ContinuousClock.Instant) -> [ServiceAction] {
    var actions: [ServiceAction] = []
    while request == nil, !closed {
      if draining {
        closed = true
        return actions + [.drained]
      }
      guard let frame = waiting.popFirst() else { break }
      do throws(ServiceError) {
        actions += try begin(frame, at: now)
      } catch {
        actions.append(.error(error))
      }
    }
    return actions
  }

  private mutating func begin(
    _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) throws(ServiceError) -> [ServiceAction] {
    let text = try RequestValidator.check(text: frame.text)
    var settings = defaults
    settings.merge(frame.settings)
    settings = try RequestValidator.check(settings, limits: profile.limits)
    var turn = try profile.turn(settings, at: now)
    var chunks = try turn.append(text, limit: profile.charactersPerTurn, at: now)
    chunks += turn.flush()
    let jobs = turn.jobs(for: chunks, of: profile, numbered: &nextJob)
    request = Request(turn: turn, text: text, begun: now)
    return jobs.map(ServiceAction.synthesise) + endIfSpoken()
  }

  // MARK: The engine

  private mutating func engine(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [ServiceAction] {
    guard request?.turn.pending.first?.id == job else { return [] }
    if case .failed(let error) = news {
      let ended = request?.turn
      request = nil
      return [.abort, .error(error)] + ServiceAction.end(of: ended, .failed) + next(at: now)
    }
    let actions = (request?.turn.receive(news, at: now) ?? []).compactMap { tell($0, at: now) }
    return actions + endIfSpoken() + next(at: now)
  }

  /// Chunks are not announced here: clients know audio, word times and `final` (section 4.4).
  private mutating func tell(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> ServiceAction? {
    switch message {
    case .generationStarted: return nil
    case .chunkComplete(_, _, let generationMilliseconds):
      request?.generationMilliseconds += generationMilliseconds
      return nil
    case .audio where request?.firstAudio == nil: request?.firstAudio = now
    default: break
    }
    return .send(ServiceFrame(message))
  }

  private mutating func endIfSpoken() -> [ServiceAction] {
    guard let ending = request, ending.turn.isSpoken else { return [] }
    request = nil
    return [.send(ServiceFrame(.final(statistics(of: ending))))]
      + ServiceAction.end(of: ending.turn, .completed)
  }

  /// Samples are counted at 24 kHz whatever was delivered, as the real service does.
  ///
  /// Source: protocol notes, section 4.4.
  private func statistics(of request: Request) -> FinalStatistics {
    let turn = request.turn
    var statistics = FinalStatistics()
    statistics.chunks = turn.totals.audioChunks
    statistics.totalSamples = Int((turn.audioSeconds * 24_000).rounded())
    statistics.durationMilliseconds = turn.audioSeconds * 1000
    statistics.generationMilliseconds = request.generationMilliseconds
    statistics.realTimeFactor =
      turn.audioSeconds > 0 ? request.generationMilliseconds / (turn.audioSeconds * 1000) : 0
    statistics.originalText = request.text
    statistics.timeToFirstAudioMilliseconds = request.firstAudio.map {
      ($0 - request.begun) / .milliseconds(1)
    }
    statistics.speed = turn.settings.speed ?? 1
    statistics.usage = profile.usage(of: turn)
    return statistics
  }
}
