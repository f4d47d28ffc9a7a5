/// How fast a client takes what it gets, and when it has been too slow or idle for too long. Pure: time is
/// an argument.
struct LanePace {
  private let sendTimeout: Duration
  private let idleTimeout: Duration?
  /// Whether something waits for the client.
  private(set) var isSending = false
  private var takenBytes = 0
  /// When the client last took something, or there was nothing to take.
  private var lastProgress: ContinuousClock.Instant
  /// When a message came or a turn began or ended.
  private var lastActivity: ContinuousClock.Instant

  /// - Parameters:
  ///   - sendTimeout: how long a client may take nothing of what waits.
  ///   - idleTimeout: how long nothing at all may happen; nil is for ever.
  init(sendTimeout: Duration, idleTimeout: Duration?, at now: ContinuousClock.Instant) {
    self.sendTimeout = sendTimeout
    self.idleTimeout = idleTimeout
    (lastProgress, lastActivity) = (now, now)
  }

  mutating func active(at now: ContinuousClock.Instant) { lastActivity = now }

  /// What waits and what was handed over, in bytes.
  mutating func look(pending: Int, sent: Int, at now: ContinuousClock.Instant) {
    let taken = sent - pending
    if !isSending || pending == 0 || taken > takenBytes { lastProgress = now }
    takenBytes = taken
    isSending = pending > 0
  }

  func isTooSlow(at now: ContinuousClock.Instant) -> Bool {
    isSending && now >= lastProgress + sendTimeout
  }

  func isIdle(isBusy: Bool, at now: ContinuousClock.Instant) -> Bool {
    idleDeadline(isBusy: isBusy).map { now >= $0 } ?? false
  }

  /// When to look again.
  func deadline(isBusy: Bool, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    // The socket says only when much of a queue has gone, so a short one is looked at now and then.
    isSending ? now + .milliseconds(50) : idleDeadline(isBusy: isBusy)
  }

  private func idleDeadline(isBusy: Bool) -> ContinuousClock.Instant? {
    isBusy || isSending ? nil : idleTimeout.map { lastActivity + $0 }
  }
}
