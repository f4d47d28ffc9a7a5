import KugelServiceCore
import KugelWire

/// One connection of the service, whatever joins it to its client: performs what its core decides.
/// Used on one thread.
package final class ServiceDriver {
  private var core: any ServiceCore
  /// The jobs at the engine, from `start` to `end`.
  private var streams: ContextStreams?
  private weak var output: (any ServiceOutput)?

  package init(core: any ServiceCore) { self.core = core }

  /// - Parameter news: called on the engine's thread; has to bring the news to this driver's thread,
  ///   which then reports them as `.engine`.
  package func start(
    with worker: SynthesisWorker, for output: any ServiceOutput,
    news: @escaping SynthesisWorker.NewsHandler
  ) -> ContextStreams {
    let streams = ContextStreams(worker: worker, news: news)
    self.streams = streams
    self.output = output
    return streams
  }

  package var deadline: ContinuousClock.Instant? { core.deadline }
  package var isBusy: Bool { core.isBusy }
  package var isOver: Bool { streams == nil }

  package func receive(_ event: ServiceEvent, at now: ContinuousClock.Instant = .now) {
    for action in core.receive(event, at: now) where !isOver { perform(action, at: now) }
  }

  private func perform(_ action: ServiceAction, at now: ContinuousClock.Instant) {
    switch action {
    case .send(let frame): output?.tell(frame, at: now)
    case .synthesise(let job):
      output?.asks(for: job, at: now)
      streams?.submit(job)
    case .abort: streams?.abortAll()
    case .abortContext(let context):
      streams?.abort(context)
      output?.cut(context)
    case .releaseContext(let context): streams?.abort(context)
    case .turnEnded(let end, let context): output?.turnEnded(end, of: context)
    case .close(let code, let reason): output?.hangUp(code: code, reason: reason, at: now)
    }
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) { streams?.hold(held) }

  /// Nothing more is said or asked for.
  package func end() {
    streams?.abortAll()
    streams = nil
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
  func turnEnded(_ end: ServiceMetrics.TurnEnd, of context: String?)
}

extension ServiceOutput {
  package func asks(for job: SynthesisJob, at now: ContinuousClock.Instant) {}
  package func cut(_ context: String) {}
  package func turnEnded(_ end: ServiceMetrics.TurnEnd, of context: String?) {}
}
