import KugelWire

// The connection: made, lost, made again, and given up.
extension SpeechSession {
  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    [link.deadline, acknowledgementDue, silenceDeadline?.at, totalDeadline].compactMap(\.self).min()
  }

  private var totalDeadline: ContinuousClock.Instant? {
    guard !finished, let startedAt, let patience = policy.totalTimeout else { return nil }
    return startedAt + patience
  }

  /// The service owes audio only for a turn whose text is complete.
  private var silenceDeadline: (at: ContinuousClock.Instant, stage: SessionFailure.Stage)? {
    guard link.isUp, !held, acknowledgementDue == nil, let turn = wire.first,
      let flushedAt = turn.flushedAt
    else { return nil }
    if turn.hasAudio {
      return policy.stallTimeout.map { (max(turn.lastHeard ?? flushedAt, flushedAt) + $0, .stall) }
    }
    return policy.firstTimeout.map { (max(turn.lastHeard ?? flushedAt, flushedAt) + $0, .first) }
  }

  mutating func connectIfDown(at now: ContinuousClock.Instant) -> [Action] {
    link.dial(at: now) ? [.connect] : []
  }

  /// Every frame of the turns under way is sent, again where it was before, with the settings.
  mutating func opened(at now: ContinuousClock.Instant) -> [Action] {
    link.opened()
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
    let wasUp = link.isUp
    link.drop()
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
    guard link.canRetry(after: loss) else { return fail(.service(loss)) }
    wire[0] = rest
    return retry(loss, at: now) + [.resumed(turn: first.turn)]
  }

  private mutating func retry(_ loss: ServiceFailure, at now: ContinuousClock.Instant) -> [Action] {
    guard let next = link.retry(after: loss, at: now) else { return fail(.service(loss)) }
    return [.retrying(attempt: next.attempt, after: next.pause, cause: loss)]
  }

  private mutating func connectTimedOut(
    after patience: Duration, at now: ContinuousClock.Instant
  ) -> [Action] {
    let loss = ServiceFailure.unconnected(within: patience)
    return [.disconnect]
      + (link.canRetry(after: loss)
        ? retry(loss, at: now) : fail(.timedOut(.connect, after: patience)))
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
      link.drop()
      acknowledgementDue = nil
      return [.disconnect] + fail(.timedOut(.total, after: policy.totalTimeout ?? .zero))
    }
    if let due = acknowledgementDue, now >= due {
      // Only a new connection is sure not to bring frames of the cancelled turn.
      acknowledgementDue = nil
      link.drop()
      return [.disconnect] + (wire.isEmpty ? [] : connectIfDown(at: now))
    }
    switch link.due(at: now) {
    case .connect: return [.connect]
    case .timedOut(let patience): return connectTimedOut(after: patience, at: now)
    case nil: break
    }
    if let silence = silenceDeadline, now >= silence.at {
      let patience = silence.stage == .first ? policy.firstTimeout : policy.stallTimeout
      link.drop()
      return [.disconnect] + fail(.timedOut(silence.stage, after: patience ?? .zero))
    }
    return []
  }
}
