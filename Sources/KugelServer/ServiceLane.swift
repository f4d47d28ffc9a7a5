import KugelService
import KugelServiceCore
import KugelTransport
import KugelWire
import Synchronization

/// Where what a core says goes: a WebSocket, or the body of a response. Used on the loop's thread.
protocol LaneOutput: AnyObject, Sendable {
  /// Bytes that the client has not taken.
  var pendingBytes: Int { get }
  /// Bytes handed over so far, taken or not.
  var sentBytes: Int { get }

  func send(_ frame: ServiceFrame, encoding: AudioEncoding)
  /// What was not sent of a context is not wanted any more.
  func cut(_ context: String)
  /// The end, after what was sent.
  func close(code: UInt16, reason: String)
  /// The end at once.
  func abandon()
  /// Bytes that a second of audio takes.
  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double
}

/// One connection of the service: its core, its jobs at the engine, and how fast its client takes
/// what it gets. Used on the loop's thread; sendable because closures travel through others.
final class ServiceLane: Sendable {
  private struct State {
    var core: any ServiceCore
    var streams: ContextStreams?
    var encodings: [String?: AudioEncoding] = [:]
    /// Those that are open.
    var contexts: Set<String> = []
    var isSending = false
    var isOver = false
    /// Contexts that are being spoken; nil is the connection without contexts.
    var openTurns: Set<String?> = []
    /// When the first text of those went to the engine whose audio has not begun.
    var asked: [String?: ContinuousClock.Instant] = [:]
    var bytesPerSecond = 64_000.0
    var takenBytes = 0
    /// When the client last took something, or there was nothing to take.
    var lastProgress = ContinuousClock.now
    /// When a message came or a turn ended.
    var lastActivity = ContinuousClock.now
    var timer: LoopTimer?
    var timerDue: ContinuousClock.Instant?
  }

  private let context: ServerContext
  private let output: any LaneOutput
  private let busy: BusyFlag
  private let idleTimeout: Duration?
  private let backlog: Backlog
  private let batch = NewsBatch()
  private let handOver = Mutex(())
  private let state: Mutex<State>
  private let onEnd: @Sendable () -> Void

  /// - Parameters:
  ///   - busy: kept by the lane; what the core's profile looks at.
  ///   - idleTimeout: nil waits for ever.
  ///   - onEnd: called once, when the connection has nothing more to say.
  init(
    core: any ServiceCore, output: any LaneOutput, busy: BusyFlag, context: ServerContext,
    idleTimeout: Duration? = nil, onEnd: @escaping @Sendable () -> Void
  ) {
    self.context = context
    self.output = output
    self.busy = busy
    self.idleTimeout = idleTimeout
    self.onEnd = onEnd
    backlog = Backlog(limit: context.options.ahead)
    state = Mutex(State(core: core))
    let streams = ContextStreams(worker: context.worker) { [weak self] news, job in
      self?.made(news, job: job)
    }
    state.withLock { $0.streams = streams }
    backlog.attach(streams)
  }

  func receive(_ event: ServiceEvent) {
    change { state, now in
      if case .frame = event { state.lastActivity = now }
      perform(state.core.receive(event, at: now), &state, at: now)
    }
  }

  /// The client took something.
  func drained() { change { _, _ in } }

  /// The client is gone.
  func disconnected() { change { state, now in end(&state, at: now) } }

  /// Ends the connection, whatever is under way.
  func cutOff() {
    change { state, now in
      output.close(code: 1012, reason: "service restart")
      end(&state, at: now)
    }
  }

  // MARK: The engine

  /// On a thread of the engine's: before the loop hears of it, much more could be made.
  private func made(_ news: EngineNews, job: Int) {
    backlog.made(news)
    // Under a lock, so that two threads cannot hand over in another order than they made.
    handOver.withLock { _ in
      let batch = batch.add(news, job: job, at: .now)
      guard !batch.isEmpty else { return }
      context.loop.post { [self] in
        change { state, now in
          for (news, job) in batch where !state.isOver {
            backlog.heard(news)
            perform(state.core.receive(.engine(news, job: job), at: now), &state, at: now)
          }
        }
      }
    }
  }

  // MARK: The core

  private func change(_ body: (inout State, ContinuousClock.Instant) -> Void) {
    let now = ContinuousClock.now
    let ended = state.withLock { state in
      guard !state.isOver else { return false }
      body(&state, now)
      if !state.isOver { settle(&state, at: now) }
      return state.isOver
    }
    if ended { onEnd() }
  }

  private func perform(
    _ actions: [ServiceAction], _ state: inout State, at now: ContinuousClock.Instant
  ) {
    for action in actions {
      switch action {
      case .synthesise(let job): synthesise(job, &state, at: now)
      case .abort: state.streams?.abortAll()
      case .abortContext(let name):
        state.streams?.abort(name)
        output.cut(name)
      case .releaseContext(let name): state.streams?.abort(name)
      case .send(let frame):
        let encoding = state.encodings[frame.context] ?? .pcm16
        note(frame, encoding, &state, at: now)
        output.send(frame, encoding: encoding)
      case .close(let code, let reason):
        output.close(code: code, reason: reason)
        end(&state, at: now)
        return
      }
    }
    setBusy(state.core.isBusy, &state, at: now)
  }

  private func synthesise(
    _ job: SynthesisJob, _ state: inout State, at now: ContinuousClock.Instant
  ) {
    if state.openTurns.insert(job.context).inserted { state.asked[job.context] = now }
    state.encodings[job.context] = job.encoding
    backlog.setRate(job.rate)
    state.streams?.submit(job)
  }

  private func setBusy(_ isBusy: Bool, _ state: inout State, at now: ContinuousClock.Instant) {
    guard isBusy != busy.isSet else { return }
    busy.isSet = isBusy
    state.lastActivity = now
    context.metrics.withLock { $0.turnsInFlight += isBusy ? 1 : -1 }
  }

  private func end(_ state: inout State, at now: ContinuousClock.Instant) {
    guard !state.isOver else { return }
    state.isOver = true
    state.timer?.cancel()
    state.timer = nil
    state.streams?.abortAll()
    state.streams = nil
    for name in state.openTurns { endTurn(.lost, of: name, &state) }
    countContexts(-state.contexts.count)
    setBusy(false, &state, at: now)
  }

  // MARK: Figures

  private func note(
    _ frame: ServiceFrame, _ encoding: AudioEncoding, _ state: inout State,
    at now: ContinuousClock.Instant
  ) {
    let name = frame.context
    switch frame.message {
    case .audio(let audio):
      state.bytesPerSecond = output.bytesPerSecond(rate: audio.rate, encoding: encoding)
      let wait = state.asked.removeValue(forKey: name).map { now - $0 }
      context.metrics.withLock { metrics in
        metrics.audioSent(seconds: Double(audio.samples.count) / Double(audio.rate))
        if let wait { metrics.firstAudio(after: wait) }
      }
    case .sessionClosed: endTurn(.completed, of: name, &state)
    // Of a request or a context, which have no other end; on a stream the end of the session follows.
    case .final(let statistics) where statistics.totals == nil:
      endTurn(.completed, of: name, &state)
    case .interrupted: endTurn(.interrupted, of: name, &state)
    case .contextCreated:
      if let name, state.contexts.insert(name).inserted { countContexts(1) }
    case .contextClosed:
      if let name, state.contexts.remove(name) != nil { countContexts(-1) }
      // What was to be spoken to its end has said so before.
      endTurn(.interrupted, of: name, &state)
      state.encodings[name] = nil
    case .error(let error):
      context.metrics.withLock { $0.failed(error) }
      endTurn(.failed, of: name, &state)
    default: break
    }
  }

  private func countContexts(_ change: Int) {
    context.metrics.withLock { $0.openContexts += change }
  }

  private func endTurn(
    _ end: ServiceMetrics.TurnEnd, of name: String?, _ state: inout State
  ) {
    guard state.openTurns.remove(name) != nil else { return }
    state.asked[name] = nil
    context.metrics.withLock { $0.turnEnded(end) }
  }

  // MARK: The client's pace

  /// Looks at what the client has taken: holds the engine or lets it go on, gives up on a client
  /// that takes nothing, and sets the timer for what is next.
  private func settle(_ state: inout State, at now: ContinuousClock.Instant) {
    let pending = output.pendingBytes
    let taken = output.sentBytes - pending
    if pending == 0 || taken > state.takenBytes { state.lastProgress = now }
    state.takenBytes = taken
    if (pending > 0) != state.isSending {
      state.isSending = pending > 0
      perform(state.core.receive(.sending(state.isSending), at: now), &state, at: now)
      if state.isOver { return }
    }
    backlog.update(waiting: Double(output.pendingBytes) / state.bytesPerSecond)
    if let limit = slowDeadline(state), now >= limit {
      context.log("a client took nothing for \(context.options.sendTimeout): cut off")
      output.abandon()
      return end(&state, at: now)
    }
    if let limit = idleDeadline(state), now >= limit {
      output.close(code: 1000, reason: "idle")
      return end(&state, at: now)
    }
    schedule(&state, at: now)
  }

  private func slowDeadline(_ state: State) -> ContinuousClock.Instant? {
    state.isSending ? state.lastProgress + context.options.sendTimeout : nil
  }

  private func idleDeadline(_ state: State) -> ContinuousClock.Instant? {
    busy.isSet || state.isSending ? nil : idleTimeout.map { state.lastActivity + $0 }
  }

  // MARK: Time

  private func schedule(_ state: inout State, at now: ContinuousClock.Instant) {
    // The socket says only when much of a queue has gone, so a short one is looked at now and then.
    let look = state.isSending ? now + .milliseconds(50) : nil
    let next = [state.core.deadline, look, idleDeadline(state)]
      .compactMap(\.self).min()
    guard let next else { return }
    if let due = state.timerDue, state.timer != nil, due <= next { return }
    state.timer?.cancel()
    state.timerDue = next
    state.timer = context.loop.schedule(at: next) { [weak self] in self?.timeCame() }
  }

  private func timeCame() {
    change { state, now in
      state.timer = nil
      if let deadline = state.core.deadline, deadline <= now {
        perform(state.core.receive(.tick, at: now), &state, at: now)
      }
    }
  }
}
