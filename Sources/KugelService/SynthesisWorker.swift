import KugelEngine
import KugelServiceCore
import KugelSystem

/// One engine on a thread of its own, shared fairly by many connections.
package final class SynthesisWorker: Sendable {
  package typealias StreamID = JobQueue.StreamID
  package typealias NewsHandler = @Sendable (EngineNews, _ job: Int) -> Void

  private struct State {
    var queue = JobQueue()
    var handlers: [StreamID: NewsHandler] = [:]
    /// Counts the aborts of each stream; a job begun before the last one is not heard any more.
    var aborts: [StreamID: Int] = [:]
    var stopping = false
  }

  private let engine: any SpeechEngine
  private let longestPiece: Double
  private let state = Monitor(State())

  /// - Parameter longestPiece: seconds; the first piece of a chunk comes at once, later ones are as
  ///   long as this. Clients over a socket want small frames (protocol notes, section 10).
  package init(engine: any SpeechEngine, longestPiece: Double = 0.2) throws(ThreadError) {
    self.engine = engine
    self.longestPiece = longestPiece
    _ = try Thread(name: "kugel-engine") { [self] in run() }
  }

  /// - Parameter news: called on the engine's thread, in order.
  package func open(news: @escaping NewsHandler) -> StreamID {
    state.withLock { state in
      let stream = state.queue.open()
      state.handlers[stream] = news
      state.aborts[stream] = 0
      return stream
    }
  }

  package func close(_ stream: StreamID) {
    state.withLock { state in
      state.queue.close(stream)
      state.handlers[stream] = nil
      state.aborts[stream] = nil
    }
  }

  package func submit(_ job: SynthesisJob, to stream: StreamID) {
    state.change { $0.queue.submit(job, to: stream) }
  }

  /// Forgets the stream's jobs and stops the one being spoken within one piece of audio.
  package func abort(_ stream: StreamID) {
    state.withLock { state in
      state.queue.abort(stream)
      state.aborts[stream]? += 1
    }
  }

  /// A held stream gets no further job; the one being spoken is finished.
  package func hold(_ stream: StreamID, _ held: Bool) {
    state.change { $0.queue.hold(stream, held) }
  }

  /// Ends the thread after the piece of audio being made.
  package func stop() {
    state.change { $0.stopping = true }
  }

  private struct Assignment {
    var stream: StreamID
    var job: SynthesisJob
    var news: NewsHandler
    var aborts: Int
  }

  private func run() {
    while let assignment = nextAssignment() { perform(assignment) }
  }

  /// Waits for work; nil once the worker is stopped.
  private func nextAssignment() -> Assignment? {
    let next: Assignment?? = state.wait { state in
      if state.stopping { return .some(nil) }
      guard let (stream, job) = state.queue.next(at: .now),
        let news = state.handlers[stream], let aborts = state.aborts[stream]
      else { return nil }
      return Assignment(stream: stream, job: job, news: news, aborts: aborts)
    }
    return next ?? nil
  }

  private func perform(_ assignment: Assignment) {
    let job = assignment.job
    assignment.news(.started, job.id)
    var performance = Performance(job: job, engine: engine, longestPiece: longestPiece)
    let outcome = performance.run { [self] news in
      guard isWanted(assignment) else { return false }
      if case .samples(let samples) = news {
        let length = Duration.seconds(Double(samples.count) / Double(job.rate))
        state.withLock { $0.queue.produced(length, for: assignment.stream, at: .now) }
      }
      assignment.news(news, job.id)
      return true
    }
    guard isWanted(assignment) else { return }
    assignment.news(outcome, job.id)
  }

  private func isWanted(_ assignment: Assignment) -> Bool {
    state.withLock { !$0.stopping && $0.aborts[assignment.stream] == assignment.aborts }
  }
}
