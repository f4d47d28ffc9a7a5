import KugelService
import KugelServiceCore
import KugelTransport
import KugelWire
import Synchronization

/// One connection of the service over a socket or a request: what its driver decides goes out as its
/// client takes it. Lives on the loop's thread.
final class ServiceLane {
  private let context: ServerContext
  private let output: any LaneOutput
  private let busy: BusyFlag
  private let backlog: Backlog
  private let onEnd: () -> Void
  private let driver: ServiceDriver
  /// How the audio of each context travels.
  private var encodings: [String?: AudioEncoding] = [:]
  private var bytesPerSecond = 64_000.0
  private var figures = LaneFigures()
  private var pace: LanePace
  private lazy var alarm = LoopAlarm(self, on: context.loop) { $0.timeCame() }

  private var isOver: Bool { driver.isOver }

  /// - Parameters:
  ///   - busy: kept by the lane; what the core's profile looks at.
  ///   - idleTimeout: nil waits for ever.
  ///   - onEnd: called once, when the connection has nothing more to say.
  init(
    core: any ServiceCore, output: any LaneOutput, busy: BusyFlag, context: ServerContext,
    idleTimeout: Duration? = nil, onEnd: @escaping () -> Void
  ) {
    self.context = context
    driver = ServiceDriver(core: core)
    self.output = output
    self.busy = busy
    self.onEnd = onEnd
    pace = LanePace(
      sendTimeout: context.options.sendTimeout, idleTimeout: idleTimeout, at: .now)
    backlog = Backlog(limit: context.options.ahead)
    let path = EngineNewsPath(to: LoopBound(self, of: context.loop), backlog, on: context.loop)
    let worker = context.worker
    let id = driver.start(with: worker, for: self) { path.made($0, job: $1) }
    backlog.attach { worker.hold(id, $0) }
  }

  func receive(_ event: ServiceEvent) {
    change { now in
      if case .frame = event { pace.active(at: now) }
      tell(event, at: now)
    }
  }

  /// What the engine made, in order.
  fileprivate func heard(_ news: [NewsBatch.Item]) {
    change { now in
      for (news, job) in news where !isOver {
        backlog.heard(news)
        tell(.engine(news, job: job), at: now)
      }
    }
  }

  /// The client took something.
  func drained() { change { _ in } }

  /// The client is gone.
  func disconnected() { change { end(at: $0) } }

  /// Ends the connection, whatever is under way.
  func cutOff() {
    change { now in
      output.close(code: 1012, reason: "service restart")
      end(at: now)
    }
  }

  private func timeCame() {
    change { now in
      if let deadline = driver.deadline, deadline <= now { tell(.tick, at: now) }
    }
  }

  // MARK: The core

  private func change(_ body: (ContinuousClock.Instant) -> Void) {
    guard !isOver else { return }
    let now = ContinuousClock.now
    body(now)
    if !isOver { settle(at: now) }
    if isOver { onEnd() }
  }

  private func tell(_ event: ServiceEvent, at now: ContinuousClock.Instant) {
    driver.receive(event, at: now)
    if !isOver { setBusy(driver.isBusy, at: now) }
  }

  private func setBusy(_ isBusy: Bool, at now: ContinuousClock.Instant) {
    guard isBusy != busy.isSet else { return }
    busy.isSet = isBusy
    pace.active(at: now)
    context.metrics.withLock { $0.turnsInFlight += isBusy ? 1 : -1 }
  }

  private func end(at now: ContinuousClock.Instant) {
    guard !isOver else { return }
    alarm.set(nil)
    driver.end()
    context.metrics.withLock { figures.end(counting: &$0) }
    setBusy(false, at: now)
  }

  // MARK: The client's pace

  /// Looks at what the client has taken: holds the engine or lets it go on, gives up on a client
  /// that takes nothing, and waits for what is next.
  private func settle(at now: ContinuousClock.Instant) {
    let wasSending = pace.isSending
    pace.look(pending: output.pendingBytes, sent: output.sentBytes, at: now)
    if pace.isSending != wasSending {
      tell(.sending(pace.isSending), at: now)
      if isOver { return }
    }
    backlog.update(waiting: Double(output.pendingBytes) / bytesPerSecond)
    if pace.isTooSlow(at: now) {
      context.log("a client took nothing for \(context.options.sendTimeout): cut off")
      output.abandon()
      return end(at: now)
    }
    if pace.isIdle(isBusy: busy.isSet, at: now) {
      output.close(code: 1000, reason: "idle")
      return end(at: now)
    }
    alarm.set(
      [driver.deadline, pace.deadline(isBusy: busy.isSet, at: now)].compactMap(\.self).min())
  }
}

// What the core decides for the client.
extension ServiceLane: ServiceOutput {
  func asks(for job: SynthesisJob, at now: ContinuousClock.Instant) {
    figures.asking(for: job.context, at: now)
    encodings[job.context] = job.encoding
    backlog.setRate(job.rate)
  }

  func cut(_ context: String) { output.cut(context) }

  func turnEnded(_ end: ServiceMetrics.TurnOutcome, of turn: String?) {
    context.metrics.withLock { figures.turnEnded(of: turn, end, counting: &$0) }
  }

  func hangUp(code: UInt16, reason: String, at now: ContinuousClock.Instant) {
    output.close(code: code, reason: reason)
    end(at: now)
  }

  func tell(_ frame: ServiceFrame, at now: ContinuousClock.Instant) {
    let encoding = encodings[frame.context] ?? .pcm16
    context.metrics.withLock { figures.sending(frame, at: now, counting: &$0) }
    switch frame.message {
    case .audio(let audio):
      bytesPerSecond = output.bytesPerSecond(rate: audio.rate, encoding: encoding)
    case .contextClosed: encodings[frame.context] = nil
    default: break
    }
    output.send(frame, encoding: encoding)
  }
}

/// The way of the engine's news to a lane: from the engine's thread to the loop's.
private final class EngineNewsPath: Sendable {
  /// Kept from here until the lane's end, which lets go of the jobs and thereby of this.
  private let lane: LoopBound<ServiceLane>
  private let backlog: Backlog
  private let loop: EventLoop
  private let batch = Mutex(NewsBatch())

  init(to lane: LoopBound<ServiceLane>, _ backlog: Backlog, on loop: EventLoop) {
    self.lane = lane
    self.backlog = backlog
    self.loop = loop
  }

  /// On a thread of the engine's: before the loop hears of it, much more could be made.
  func made(_ news: EngineNews, job: Int) {
    backlog.made(news)
    // Under the lock, so that two threads cannot hand over in another order than they made.
    batch.withLock { batch in
      let due = batch.add(news, job: job, at: .now)
      guard !due.isEmpty else { return }
      loop.post { [lane] in lane.use { $0.heard(due) } }
    }
  }
}
