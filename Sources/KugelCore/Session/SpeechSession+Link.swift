// The connection: made, lost, made again, and given up.
extension SpeechSession {
  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    [linkDeadline, acknowledgementDue, silenceDeadline?.at, totalDeadline].compactMap(\.self).min()
  }

  private var totalDeadline: ContinuousClock.Instant? {
    guard !finished, let startedAt, let patience = policy.totalTimeout else { return nil }
    return startedAt + patience
  }

  private var linkDeadline: ContinuousClock.Instant? {
    switch link {
    case .down, .up: nil
    case .connecting(let since): policy.connectTimeout.map { since + $0 }
    case .waiting(let until): until
    }
  }

  /// The service owes audio only for a turn whose text is complete.
  private var silenceDeadline: (at: ContinuousClock.Instant, stage: SessionFailure.Stage)? {
    guard link == .up, !held, acknowledgementDue == nil, let turn = wire.first,
      let flushedAt = turn.flushedAt
    else { return nil }
    if turn.hasAudio {
      return policy.stallTimeout.map { (max(turn.lastHeard ?? flushedAt, flushedAt) + $0, .stall) }
    }
    return policy.firstTimeout.map { (max(turn.lastHeard ?? flushedAt, flushedAt) + $0, .first) }
  }

  mutating func connectIfDown(at now: ContinuousClock.Instant) -> [Action] {
    guard link == .down else { return [] }
    link = .connecting(since: now)
    return [.connect]
  }

  /// Every frame of the turns under way is sent, again where it was before, with the settings.
  mutating func opened(at now: ContinuousClock.Instant) -> [Action] {
    link = .up
    told = nil
    updatesUnderWay = 0
    strayCloses = 0
    var actions: [Action] = []
    for turn in wire.indices {
      for text in wire[turn].text {
        actions.append(.send(frame(text: text, of: wire[turn], flush: false)))
      }
      if wire[turn].endedByService {
        // To this connection it is new; it ends where it ended before.
        wire[turn].endedByService = false
        if turn < wire.count - 1 { wire[turn].flushed = true }
      }
      wire[turn].flushSent = wire[turn].flushed
      if wire[turn].flushed {
        wire[turn].flushedAt = now
        actions.append(.send(.flush))
      }
    }
    return actions
  }

  mutating func lost(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    let wasUp = link == .up
    link = .down
    acknowledgementDue = nil
    updatesUnderWay = 0
    guard let first = wire.first else {
      // An idle connection that ends is opened again when it is needed.
      return wasUp || finishing ? [] : retry(loss, at: now)
    }
    guard first.hasAudio else { return retry(loss, at: now) }
    guard let rest = continuation(of: first) else { return fail(.service(loss)) }
    if !rest.hasWords && policy.onDrop == .resume {
      // All of it was received; only the end was not told.
      wire.removeFirst()
      return settle() + (wire.isEmpty ? [] : retry(loss, at: now))
    }
    guard canRetry(after: loss) else { return fail(.service(loss)) }
    wire[0] = rest
    return retry(loss, at: now) + [.resumed(turn: first.turn)]
  }

  private func canRetry(after loss: ServiceFailure) -> Bool {
    policy.pause(before: attempts + 1, after: loss, chance: chance) != nil
  }

  private mutating func retry(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    guard let pause = policy.pause(before: attempts + 1, after: loss, chance: chance) else {
      return fail(.service(loss))
    }
    attempts += 1
    link = .waiting(until: now + pause)
    return [.retrying(attempt: attempts, after: pause, cause: loss)]
  }

  /// Nothing was sent, so a service that did not answer may be tried again, like one that refused.
  private mutating func connectTimedOut(
    after patience: Duration, at now: ContinuousClock.Instant
  ) -> [Action] {
    link = .down
    let loss = ServiceFailure.unreachable(
      "no connection was made within \(Int(patience / .milliseconds(1))) ms", mayPass: true)
    return canRetry(after: loss)
      ? retry(loss, at: now) : fail(.timedOut(.connect, after: patience))
  }

  private func continuation(of turn: WireTurn) -> WireTurn? {
    switch policy.onDrop {
    case .fail: nil
    case .restart: turn.restarted()
    case .resume: turn.resumed()
    }
  }

  /// Ends everything under way; without a turn the failure itself is reported.
  private mutating func fail(_ failure: SessionFailure) -> [Action] {
    guard !wire.isEmpty else { return [.unreachable(failure)] }
    var actions: [Action] = []
    while !wire.isEmpty { actions += failFirst(failure) }
    return actions
  }

  mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    if let due = totalDeadline, now >= due {
      link = .down
      acknowledgementDue = nil
      return [.disconnect] + fail(.timedOut(.total, after: policy.totalTimeout ?? .zero))
    }
    if let due = acknowledgementDue, now >= due {
      // Only a new connection is sure not to bring frames of the cancelled turn.
      acknowledgementDue = nil
      link = .down
      return [.disconnect] + (wire.isEmpty ? [] : connectIfDown(at: now))
    }
    if case .waiting(let until) = link, now >= until {
      link = .connecting(since: now)
      return [.connect]
    }
    if case .connecting(let since) = link, let patience = policy.connectTimeout,
      now >= since + patience
    {
      return [.disconnect] + connectTimedOut(after: patience, at: now)
    }
    if let silence = silenceDeadline, now >= silence.at {
      let patience = silence.stage == .first ? policy.firstTimeout : policy.stallTimeout
      link = .down
      return [.disconnect] + fail(.timedOut(silence.stage, after: patience ?? .zero))
    }
    return []
  }
}
