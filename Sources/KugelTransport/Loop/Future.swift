import Synchronization

/// Something of the loop's thread that a handle on another thread asks for, before it is there.
final class Future<Owned: AnyObject>: Sendable {
  private let inbox: LoopInbox
  private let value = Mutex<LoopBound<Owned>?>(nil)

  init(inbox: LoopInbox) {
    self.inbox = inbox
  }

  /// On the loop's thread, before the first `use` runs there.
  func fulfil(_ owned: Owned) {
    let bound = LoopBound(owned, of: inbox)
    value.withLock { $0 = bound }
  }

  /// Runs `body` on the loop's thread: at once if this is it and nothing that was asked for earlier waits.
  func use(_ body: @escaping @Sendable (Owned) -> Void) {
    inbox.performInTurn { _ in
      self.value.withLock { $0 }?.use(body)
    }
  }
}
