/// One instant that its owner waits for, and may move. Lives on the loop's thread.
final class LoopAlarm<Owner: AnyObject> {
  private weak var owner: Owner?
  private unowned let core: LoopCore
  private let ring: (Owner) -> Void
  private var due: ContinuousClock.Instant?
  private var timer: (due: ContinuousClock.Instant, timer: LoopTimer)?

  /// - Parameter ring: called when the instant has come.
  init(_ owner: Owner, core: LoopCore, ring: @escaping (Owner) -> Void) {
    self.owner = owner
    self.core = core
    self.ring = ring
  }

  /// Waits for `due` instead of what it waited for; for nothing with nil.
  func set(_ due: ContinuousClock.Instant?) {
    self.due = due
    guard let due else {
      timer?.timer.cancel()
      timer = nil
      return
    }
    // A timer that comes too early only looks again: instants that move on are most of them.
    if let timer, timer.due <= due { return }
    timer?.timer.cancel()
    let bound = LoopBound(self, of: core.inbox)
    timer = (due, core.schedule(at: due) { bound.use { $0.timeCame() } })
  }

  private func timeCame() {
    timer = nil
    guard let due else { return }
    guard ContinuousClock.now >= due else { return set(due) }
    self.due = nil
    if let owner { ring(owner) }
  }
}
