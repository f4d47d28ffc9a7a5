import KugelCore

/// One connection of the service: performs what its core decides. Used on one thread.
package final class StreamServiceDriver {
  private var core: StreamService
  private let worker: SynthesisWorker
  private let stream: SynthesisWorker.StreamID
  private let send: (ServiceFrame) -> Void
  private let close: (UInt16, String) -> Void

  /// - Parameters:
  ///   - news: called on the engine's thread; has to bring the news to this driver's thread, which
  ///     then reports them as `.engine`.
  ///   - send: a frame for the client.
  ///   - close: the connection is to end with this code and reason.
  package init(
    profile: ServiceProfile, worker: SynthesisWorker,
    news: @escaping SynthesisWorker.NewsHandler,
    send: @escaping (ServiceFrame) -> Void, close: @escaping (UInt16, String) -> Void
  ) {
    core = StreamService(profile: profile)
    self.worker = worker
    stream = worker.open(news: news)
    self.send = send
    self.close = close
  }

  deinit { worker.close(stream) }

  package var deadline: ContinuousClock.Instant? { core.deadline }
  package var isBusy: Bool { core.isBusy }

  package func receive(_ event: StreamService.Event, at now: ContinuousClock.Instant = .now) {
    for action in core.receive(event, at: now) {
      switch action {
      case .send(let frame): send(frame)
      case .synthesise(let job): worker.submit(job, to: stream)
      case .abort: worker.abort(stream)
      case .close(let code, let reason): close(code, reason)
      }
    }
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) { worker.hold(stream, held) }
}
