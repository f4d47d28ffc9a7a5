import KugelCore

/// The jobs of one connection at the engine: each context is a listener of its own, so that none
/// waits for another's long text. Used on one thread.
package final class ContextStreams {
  private let worker: SynthesisWorker
  private let news: SynthesisWorker.NewsHandler
  /// By context; nil is the connection without contexts.
  private var streams: [String?: SynthesisWorker.StreamID] = [:]
  private var isHeld = false

  package init(worker: SynthesisWorker, news: @escaping SynthesisWorker.NewsHandler) {
    self.worker = worker
    self.news = news
  }

  deinit { abortAll() }

  package func submit(_ job: SynthesisJob) {
    worker.submit(job, to: stream(of: job.context))
  }

  /// Forgets every job, also the one being spoken.
  package func abortAll() {
    for stream in streams.values { worker.close(stream) }
    streams = [:]
  }

  /// Forgets the jobs of one context, also the one being spoken.
  package func abort(_ context: String?) {
    guard let stream = streams.removeValue(forKey: context) else { return }
    worker.close(stream)
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) {
    isHeld = held
    for stream in streams.values { worker.hold(stream, held) }
  }

  private func stream(of context: String?) -> SynthesisWorker.StreamID {
    if let stream = streams[context] { return stream }
    let stream = worker.open(news: news)
    if isHeld { worker.hold(stream, true) }
    streams[context] = stream
    return stream
  }
}
