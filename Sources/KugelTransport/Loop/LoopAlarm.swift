/// One instant that its owner waits for, and may move. Lives on the loop's thread.
package final class LoopAlarm<Owner: AnyObject> {
  private weak var owner: Owner?
  private let inbox: LoopInbox
  private let ring: (Owner) -> Void
  private var due: ContinuousClock.Instant?
  private var timer: (due: ContinuousClock.Instant, timer: LoopTimer)?

  /// - Parameter ring: called when the instant has come.
  package convenience init(
    _ owner: Owner, on loop: EventLoop, ring: @escaping (Owner) -> Void
  ) {
    self.init(owner, inbox: loop.inbox, ring: ring)
  }

  init(_ owner: Owner, inbox: LoopInbox, ring: @escaping (Owner) -> Void) {
    self.owner = owner
    self.inbox = inbox
    self.ring = ring
  }

  /// Waits for `due` instead of what it waited for; for nothing with nil.
  package func set(_ due: ContinuousClock.Instant?) {
    self.due = due
    guard let due else {
      timer?.timer.cancel()
      timer = nil
      return
    }
    // A timer that comes too early only looks again: instants that move on are most of them.
    if let timer, timer.due <= due { return }
    timer?.timer.cancel()
    let bound = LoopBound(self, of: inbox)
    let next = LoopTimer(inbox: inbox) { bound.use { $0.timeCame() } }
    inbox.perform { next.arm(at: due, in: $0) }
    timer = (due, next)
  }

  private func timeCame() {
    timer = nil
    guard let due else { return }
    guard ContinuousClock.now >= due else { return set(due) }
    self.due = nil
    if let owner { ring(owner) }
  }
}
