import CWebSockets
import Glibc
import KugelSystem
import Synchronization

/// The one thread that owns every socket: a libwebsockets context and its service loop.
///
/// Made idle; the thread starts with the first work. Everything that touches a socket runs on it,
/// one thing at a time; other threads only `post`. Letting go of the last reference, or `stop()`,
/// ends the thread: each open connection then hears its end event (`TransportError.stopped`).
///
/// libwebsockets ignores SIGPIPE for the whole process when the thread starts.
@safe package final class EventLoop: Sendable {
  let inbox: LoopInbox

  package init(pace: LoopPace = .prompt) { inbox = LoopInbox(pace: pace) }

  deinit {
    inbox.stop()
  }

  /// Runs `work` on the loop's thread, after what was posted before. Dropped once stopped.
  package func post(_ work: @escaping @Sendable () -> Void) {
    inbox.post(work)
  }

  /// Runs `work` on the loop's thread once `instant` has come, to the millisecond.
  ///
  /// - Returns: the timer; letting go of it does not cancel it.
  @discardableResult
  package func schedule(
    at instant: ContinuousClock.Instant, _ work: @escaping @Sendable () -> Void
  ) -> LoopTimer {
    let timer = LoopTimer(inbox: inbox, work: work)
    inbox.perform { timer.arm(at: instant, in: $0) }
    return timer
  }

  /// Whether the caller is on the loop's thread.
  package var isCurrent: Bool { inbox.isCurrent }

  /// Ends the thread and every connection. Waits for it, unless called on the thread itself.
  package func stop() {
    inbox.stop()
    inbox.waitForEnd()
  }
}

/// What other threads see of the loop: a queue of work, and the wake-up.
@safe final class LoopInbox: Sendable {
  private struct State {
    var work: [@Sendable (LoopCore) -> Void] = []
    var phase = Phase.idle
    /// Why there was no thread, if there was none.
    var threadFailure: SystemError?
    /// The context as a number, as long as it may be woken.
    var context: UInt = 0
  }

  private enum Phase { case idle, running, stopping, ended }

  private let pace: LoopPace
  private let state = Mutex(State())
  private let thread = Atomic<UInt>(0)
  /// Work that was posted and has not begun.
  private let waiting = Atomic<Int>(0)
  private let ended = Gate()

  init(pace: LoopPace) { self.pace = pace }

  var isCurrent: Bool { thread.load(ordering: .acquiring) == UInt(pthread_self()) }

  func post(_ work: @escaping @Sendable () -> Void) {
    post { (_: LoopCore) in work() }
  }

  /// On the loop's thread at once, from any other thread through the queue.
  @discardableResult
  func perform(_ work: @escaping @Sendable (LoopCore) -> Void) -> Bool {
    guard isCurrent, let core = LoopCore.current else { return post(work) }
    work(core)
    return true
  }

  /// Like `perform`, but never before what was posted earlier: for what several threads ask of one thing.
  func performInTurn(_ work: @escaping @Sendable (LoopCore) -> Void) {
    // A loop that ends takes no more work, but what is asked on its thread then is still done.
    if waiting.load(ordering: .acquiring) == 0 || !post(work) { perform(work) }
  }

  /// Like `perform`, and waits for the result. Nil when the loop has stopped.
  func performAndWait<Result: Sendable>(
    _ work: @escaping @Sendable (LoopCore) -> Result
  ) -> Result? {
    if isCurrent { return LoopCore.current.map(work) }
    return Answer<Result>().wait { ticket in
      post { (core: LoopCore) in ticket.give(work(core)) }
    }
  }

  @discardableResult
  func post(_ work: @escaping @Sendable (LoopCore) -> Void) -> Bool {
    state.withLock { state in
      switch state.phase {
      case .stopping, .ended: return false
      case .idle:
        do throws(SystemError) {
          // Its first step waits for the lock.
          _ = try Thread(name: "kugel-sockets") { [self] in run() }
        } catch {
          state.phase = .ended
          state.threadFailure = error
          ended.open()
          return false
        }
        state.phase = .running
        append(work, to: &state)
      case .running:
        append(work, to: &state)
        if state.work.count == 1 { wake(state) }
      }
      return true
    }
  }

  private func append(_ work: @escaping @Sendable (LoopCore) -> Void, to state: inout State) {
    state.work.append(work)
    waiting.add(1, ordering: .acquiringAndReleasing)
  }

  func stop() {
    state.withLock { state in
      switch state.phase {
      case .idle:
        state.phase = .ended
        ended.open()
      case .running:
        state.phase = .stopping
        wake(state)
      case .stopping, .ended: break
      }
    }
  }

  func waitForEnd() {
    if !isCurrent { ended.wait() }
  }

  private func wake(_ state: borrowing State) {
    // Under the lock, so that the context cannot be destroyed meanwhile.
    if state.context != 0 { unsafe lws_cancel_service(OpaquePointer(bitPattern: state.context)) }
  }

  /// Why work is not taken any more.
  var refusal: TransportError {
    state.withLock { $0.threadFailure }.map { .noThread(cause: $0.cause) } ?? .stopped
  }

  /// The life of the thread.
  private func run() {
    blockSignals()
    thread.store(UInt(pthread_self()), ordering: .releasing)
    let core = LoopCore(inbox: self, pace: pace)
    LoopCore.current = core
    state.withLock { unsafe $0.context = UInt(bitPattern: core.context) }
    while runBatch(on: core) {
      core.service()
      core.rest()
    }
    state.withLock {
      $0.context = 0
      $0.work = []
    }
    core.shutDown()
    LoopCore.current = nil
    thread.store(0, ordering: .releasing)
    state.withLock {
      $0.phase = .ended
      $0.work = []
    }
    ended.open()
  }

  /// Runs what was posted, and lets go of it. False once the loop is to end.
  private func runBatch(on core: LoopCore) -> Bool {
    guard let batch = nextBatch() else { return false }
    for work in batch {
      waiting.subtract(1, ordering: .acquiringAndReleasing)
      work(core)
    }
    return true
  }

  private func nextBatch() -> [@Sendable (LoopCore) -> Void]? {
    state.withLock { state in
      guard state.phase == .running else { return nil }
      defer { state.work.removeAll(keepingCapacity: state.work.count < 64) }
      return state.work
    }
  }

  /// Signals belong to the main thread.
  private func blockSignals() {
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
  }
}
