import KugelServiceCore
import Synchronization

/// The jobs of one connection at the engine: each context is a listener of its own, so that none
/// waits for another's long text.
package final class ContextStreams: Sendable {
  private struct State {
    /// By context; nil is the connection without contexts.
    var streams: [String?: SynthesisWorker.StreamID] = [:]
    var isHeld = false
  }

  private let worker: SynthesisWorker
  private let news: SynthesisWorker.NewsHandler
  private let state = Mutex(State())

  package init(worker: SynthesisWorker, news: @escaping SynthesisWorker.NewsHandler) {
    self.worker = worker
    self.news = news
  }

  deinit { abortAll() }

  package func submit(_ job: SynthesisJob) {
    state.withLock { worker.submit(job, to: stream(of: job.context, &$0)) }
  }

  /// Forgets every job, also the one being spoken.
  package func abortAll() {
    state.withLock { state in
      for stream in state.streams.values { worker.close(stream) }
      state.streams = [:]
    }
  }

  /// Forgets the jobs of one context, also the one being spoken.
  package func abort(_ context: String?) {
    state.withLock { state in
      guard let stream = state.streams.removeValue(forKey: context) else { return }
      worker.close(stream)
    }
  }

  /// The client takes no more for now, or again.
  package func hold(_ held: Bool) {
    state.withLock { state in
      state.isHeld = held
      for stream in state.streams.values { worker.hold(stream, held) }
    }
  }

  private func stream(of context: String?, _ state: inout State) -> SynthesisWorker.StreamID {
    if let stream = state.streams[context] { return stream }
    let stream = worker.open(news: news)
    if state.isHeld { worker.hold(stream, true) }
    state.streams[context] = stream
    return stream
  }
}
