/// When the silence of the service about a context means something, and what.
///
/// The service owes audio only for a turn whose text is complete. While it speaks to any context it is
/// not silent: others may be served first.
struct ContextSilence: Equatable {
  let at: ContinuousClock.Instant
  /// nil: all chunks of the turn are complete, it is over.
  let failure: SessionFailure?

  /// - Parameter lastHeard: when anything last came over the connection.
  /// - Returns: nil when the service may be silent.
  init?(of lane: TurnLane, lastHeard: ContinuousClock.Instant, _ policy: SessionPolicy) {
    guard let flushedAt = lane.flushedAt else { return nil }
    if lane.isComplete {
      at = max(flushedAt, lane.lastHeard ?? flushedAt) + policy.quietTimeout
      failure = nil
      return
    }
    let stage = lane.hasAudio ? SessionFailure.Stage.stall : .first
    guard let patience = lane.hasAudio ? policy.stallTimeout : policy.firstTimeout else {
      return nil
    }
    at = max(flushedAt, lastHeard) + patience
    failure = .timedOut(stage, after: patience)
  }
}
