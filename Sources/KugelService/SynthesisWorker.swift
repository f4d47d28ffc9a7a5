import KugelEngine
import KugelServiceCore
import KugelSystem

/// One engine, shared fairly by many connections, on as many threads of their own as it speaks texts at
/// once. The jobs of a stream are done one after the other.
package final class SynthesisWorker: Sendable {
  package typealias StreamID = JobQueue.StreamID
  package typealias NewsHandler = @Sendable (EngineNews, _ job: Int) -> Void

  private struct State {
    var queue = JobQueue()
    var handlers: [StreamID: NewsHandler] = [:]
    /// Counts the aborts of each stream; a job begun before the last one is not heard any more.
    var aborts: [StreamID: Int] = [:]
    var stopping = false
    var threads = 0
    /// Those that wait for work.
    var idle = 0
  }

  private let engine: any SpeechEngine
  private let longestPiece: Double
  private let state = Monitor(State())

  /// - Parameter longestPiece: seconds; the first piece of a chunk comes at once, later ones are as
  ///   long as this. Clients over a socket want small frames (protocol notes, section 10).
  package init(engine: any SpeechEngine, longestPiece: Double = 0.2) throws(ThreadError) {
    self.engine = engine
    self.longestPiece = longestPiece
    try startThread()
  }

  private func startThread() throws(ThreadError) {
    state.withLock { state in
      state.threads += 1
      state.idle += 1
    }
    do throws(ThreadError) {
      _ = try Thread(name: "kugel-engine") { [self] in run() }
    } catch {
      state.withLock { state in
        state.threads -= 1
        state.idle -= 1
      }
      throw error
    }
  }

  /// - Parameter news: called on a thread of the engine's, in order.
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
    change { $0.submit(job, to: stream) }
  }

  /// Changes the queue, and has a thread for what can be done now, as long as the engine speaks more.
  private func change(_ body: (inout JobQueue) -> Void) {
    let limit = engine.concurrency
    let wantsThread = state.change { state in
      body(&state.queue)
      return state.queue.ready > state.idle && state.threads < limit && !state.stopping
    }
    // Without another thread the ones there are do it.
    if wantsThread { try? startThread() }
  }

  /// Forgets the stream's jobs and stops the one being spoken within one piece of audio.
  package func abort(_ stream: StreamID) {
    state.change { state in
      state.queue.abort(stream)
      state.aborts[stream]? += 1
    }
  }

  /// A held stream gets no further job; the one being spoken is finished.
  package func hold(_ stream: StreamID, _ held: Bool) {
    change { $0.hold(stream, held) }
  }

  /// Nothing more will soon be submitted.
  package func rest() { engine.rest() }

  /// Ends the threads after the pieces of audio being made.
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
    while let assignment = nextAssignment() {
      perform(assignment)
      state.change { state in
        state.queue.finished(assignment.stream)
        state.idle += 1
      }
    }
  }

  /// Waits for work; nil once the worker is stopped.
  private func nextAssignment() -> Assignment? {
    let next: Assignment?? = state.wait { state in
      if state.stopping { return .some(nil) }
      guard let (stream, job) = state.queue.next(at: .now),
        let news = state.handlers[stream], let aborts = state.aborts[stream]
      else { return nil }
      state.idle -= 1
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
