import CWebSockets
import Synchronization

/// Work that waits for an instant. Cancellable from any thread.
@safe package final class LoopTimer: Sendable {
  private let inbox: LoopInbox
  private let work: Mutex<(@Sendable () -> Void)?>
  /// The node in libwebsockets' list, as a number; only the loop's thread follows it.
  private let node = Atomic<UInt>(0)

  init(inbox: LoopInbox, work: @escaping @Sendable () -> Void) {
    self.inbox = inbox
    self.work = Mutex(work)
  }

  /// Cancelled on the loop's thread, the work does not run; from another it may just be running.
  package func cancel() {
    work.withLock { $0 = nil }
    inbox.perform { _ in self.disarm() }
  }

  func arm(at instant: ContinuousClock.Instant, in core: LoopCore) {
    guard work.withLock({ $0 != nil }) else { return }
    let node = UnsafeMutablePointer<kugel_timer>.allocate(capacity: 1)
    unsafe node.initialize(to: kugel_timer())
    // Not retained: the core keeps every armed timer.
    unsafe node.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
    self.node.store(UInt(bitPattern: node), ordering: .relaxed)
    let wait = ContinuousClock.now.duration(to: instant)
    let microseconds =
      wait.components.seconds * 1_000_000 + wait.components.attoseconds / 1_000_000_000_000
    // Past instants stay negative, to keep their order; -1 would mean to cancel.
    unsafe lws_sul_schedule(
      core.context, 0, &node.pointee.sul, timerFired, microseconds == -1 ? 0 : microseconds)
    core.armed(self)
  }

  fileprivate func fire() {
    let work = work.withLock { work in
      defer { work = nil }
      return work
    }
    work?()
  }

  /// Takes the node out of the list, and frees it.
  func disarm() {
    let bits = node.exchange(0, ordering: .relaxed)
    guard let node = unsafe UnsafeMutablePointer<kugel_timer>(bitPattern: bits) else { return }
    unsafe lws_sul_cancel(&node.pointee.sul)
    unsafe node.deallocate()
    LoopCore.current?.disarmed(self)
  }
}

private func timerFired(_ sul: UnsafeMutablePointer<lws_sorted_usec_list>?) {
  guard let sul = unsafe sul else { return }
  let node = unsafe UnsafeMutableRawPointer(sul).assumingMemoryBound(to: kugel_timer.self)
  guard let owner = unsafe node.pointee.owner else { return }
  let timer = unsafe Unmanaged<LoopTimer>.fromOpaque(owner).takeUnretainedValue()
  timer.disarm()
  timer.fire()
}
