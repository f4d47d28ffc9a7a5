/// A reference to something that lives on the loop's thread, for handles and closures that travel
/// through others.
///
/// Unchecked, because the compiler knows no threads: `use` checks each time that it is on the right
/// one. All other sharing between threads in this module is checked.
package final class LoopBound<Owned: AnyObject>: @unchecked Sendable {
  private let inbox: LoopInbox
  private let owned: Owned

  package convenience init(_ owned: Owned, of loop: EventLoop) {
    self.init(owned, of: loop.inbox)
  }

  init(_ owned: Owned, of inbox: LoopInbox) {
    self.owned = owned
    self.inbox = inbox
  }

  package func use<Result>(_ body: (Owned) -> Result) -> Result {
    precondition(inbox.isCurrent, "off the event loop's thread")
    return body(owned)
  }
}

extension SocketOwner {
  /// Runs `work` on `owner` once `delay` has passed. Keeps the owner until then: cancel it.
  final func after<Owner: SocketOwner>(
    _ delay: Duration, on owner: Owner, _ work: @escaping @Sendable (Owner) -> Void
  ) -> LoopTimer {
    let bound = LoopBound(owner, of: core.inbox)
    let timer = LoopTimer(inbox: core.inbox) { bound.use(work) }
    timer.arm(at: .now + delay, in: core)
    return timer
  }
}
