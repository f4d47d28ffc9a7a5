import KugelServiceCore
import KugelWire

/// One connection of the service: performs what its core decides. Used on one thread.
package final class ServiceDriver {
  private var core: any ServiceCore
  private let streams: ContextStreams
  private let send: (ServiceFrame) -> Void
  private let close: (UInt16, String) -> Void

  /// - Parameters:
  ///   - news: called on the engine's thread; has to bring the news to this driver's thread, which
  ///     then reports them as `.engine`.
  ///   - send: a frame for the client.
  ///   - close: the connection is to end with this code and reason.
  package init(
    core: any ServiceCore, worker: SynthesisWorker,
    news: @escaping SynthesisWorker.NewsHandler,
    send: @escaping (ServiceFrame) -> Void, close: @escaping (UInt16, String) -> Void
  ) {
    self.core = core
    streams = ContextStreams(worker: worker, news: news)
    self.send = send
    self.close = close
  }

  package var deadline: ContinuousClock.Instant? { core.deadline }
  package var isBusy: Bool { core.isBusy }

  package func receive(_ event: ServiceEvent, at now: ContinuousClock.Instant = .now) {
    for action in core.receive(event, at: now) {
      switch action {
      case .send(let frame): send(frame)
      case .synthesise(let job): streams.submit(job)
      case .abort: streams.abortAll()
      case .abortContext(let context), .releaseContext(let context): streams.abort(context)
      case .close(let code, let reason): close(code, reason)
      }
    }
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) { streams.hold(held) }
}
