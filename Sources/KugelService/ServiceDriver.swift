import KugelServiceCore
import KugelWire

/// One connection of the service, whatever joins it to its client: performs what its core decides.
/// Used on one thread.
package final class ServiceDriver {
  private var core: any ServiceCore
  /// What does the jobs, from `start` to `end`.
  private var engine: (any JobPerformer)?
  private weak var output: (any ServiceOutput)?

  package init(core: any ServiceCore) { self.core = core }

  /// - Parameter news: called on the engine's thread; has to bring the news to this driver's thread,
  ///   which then reports them as `.engine`.
  /// - Returns: this connection at the engine, for whoever holds it on other threads.
  package func start(
    with worker: SynthesisWorker, for output: any ServiceOutput,
    news: @escaping SynthesisWorker.NewsHandler
  ) -> SynthesisWorker.ConnectionID {
    let id = worker.open(news: news)
    start(with: WorkerConnection(worker, id), for: output)
    return id
  }

  /// - Parameter performer: does the jobs, and has to report what comes of them as `.engine`.
  package func start(with performer: any JobPerformer, for output: any ServiceOutput) {
    engine = performer
    self.output = output
  }

  deinit { end() }

  package var deadline: ContinuousClock.Instant? { core.deadline }
  package var isBusy: Bool { core.isBusy }
  package var isOver: Bool { engine == nil }

  package func receive(_ event: ServiceEvent, at now: ContinuousClock.Instant = .now) {
    for action in core.receive(event, at: now) where !isOver { perform(action, at: now) }
  }

  private func perform(_ action: ServiceAction, at now: ContinuousClock.Instant) {
    guard let engine else { return }
    switch action {
    case .send(let frame): output?.tell(frame, at: now)
    case .synthesise(let job):
      output?.asks(for: job, at: now)
      engine.submit(job)
    case .abort: engine.abortAll()
    case .abortContext(let context):
      engine.abort(context)
      output?.cut(context)
    case .releaseContext(let context): engine.abort(context)
    case .turnEnded(let end, let context): output?.turnEnded(end, of: context)
    case .close(let code, let reason): output?.hangUp(code: code, reason: reason, at: now)
    }
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) {
    engine?.hold(held)
  }

  /// Nothing more is said or asked for.
  package func end() {
    engine?.giveUp()
    engine = nil
  }
}

/// What the core of a connection decides for its client; called on the driver's thread.
package protocol ServiceOutput: AnyObject {
  func tell(_ frame: ServiceFrame, at now: ContinuousClock.Instant)
  /// The connection is to end with this code and reason.
  func hangUp(code: UInt16, reason: String, at now: ContinuousClock.Instant)
  /// A job goes to the engine.
  func asks(for job: SynthesisJob, at now: ContinuousClock.Instant)
  /// What was not sent of a context is not wanted any more.
  func cut(_ context: String)
  /// A turn of which something went to the engine is over: of a context, or of the connection (nil).
  func turnEnded(_ end: ServiceMetrics.TurnOutcome, of context: String?)
}

extension ServiceOutput {
  package func asks(for job: SynthesisJob, at now: ContinuousClock.Instant) {}
  package func cut(_ context: String) {}
  package func turnEnded(_ end: ServiceMetrics.TurnOutcome, of context: String?) {}
}

/// Does the jobs of one connection.
package protocol JobPerformer: AnyObject {
  func submit(_ job: SynthesisJob)
  /// Forgets every job, also the one being spoken.
  func abortAll()
  /// Forgets the jobs of one context, also the one being spoken.
  func abort(_ context: String?)
  /// The client takes no more for now, or again.
  func hold(_ held: Bool)
  /// The connection is over.
  func giveUp()
}

/// One connection at an engine.
private final class WorkerConnection: JobPerformer {
  private let worker: SynthesisWorker
  private let id: SynthesisWorker.ConnectionID

  init(_ worker: SynthesisWorker, _ id: SynthesisWorker.ConnectionID) {
    self.worker = worker
    self.id = id
  }

  func submit(_ job: SynthesisJob) { worker.submit(job, for: id) }
  func abortAll() { worker.abortAll(of: id) }
  func abort(_ context: String?) { worker.abort(context, of: id) }
  func hold(_ held: Bool) { worker.hold(id, held) }
  func giveUp() { worker.close(id) }
}
