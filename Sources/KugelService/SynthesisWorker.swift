import KugelEngine
import KugelServiceCore
import KugelSystem

/// One engine, shared fairly by many connections, on as many threads of their own as it speaks texts at
/// once. Each context of a connection is a listener of its own, so that none waits for another's long
/// text; its jobs are done one after the other.
package final class SynthesisWorker: Sendable {
  package typealias ConnectionID = Int
  package typealias NewsHandler = @Sendable (EngineNews, _ job: Int) -> Void

  private struct Connection {
    let news: NewsHandler
    /// By context; nil is a connection without contexts.
    var streams: [String?: JobQueue.StreamID] = [:]
    var isHeld = false
  }

  private struct State {
    var queue = JobQueue()
    var connections: [ConnectionID: Connection] = [:]
    var lastConnection = 0
    /// Whose streams they are. A job of a stream that is nobody's any more is not heard.
    var owners: [JobQueue.StreamID: ConnectionID] = [:]
    /// Of the jobs being spoken.
    var cancellations: [JobQueue.StreamID: Cancellation] = [:]
    var stopping = false
    var threads = 0
    /// Those that wait for work.
    var idle = 0

    /// - Returns: nil when the connection is gone.
    mutating func stream(of context: String?, at id: ConnectionID) -> JobQueue.StreamID? {
      guard let connection = connections[id] else { return nil }
      if let stream = connection.streams[context] { return stream }
      let stream = queue.open()
      if connection.isHeld { queue.hold(stream, true) }
      connections[id]?.streams[context] = stream
      owners[stream] = id
      return stream
    }

    /// - Returns: what is to be told that nobody listens, once the lock is released.
    mutating func close(_ stream: JobQueue.StreamID) -> Cancellation? {
      queue.close(stream)
      owners[stream] = nil
      return cancellations.removeValue(forKey: stream)
    }

    /// - Returns: as `close`.
    mutating func abortAll(_ id: ConnectionID) -> [Cancellation] {
      guard let connection = connections[id] else { return [] }
      defer { connections[id]?.streams = [:] }
      return connection.streams.values.compactMap { close($0) }
    }
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
  package func open(news: @escaping NewsHandler) -> ConnectionID {
    state.withLock { state in
      state.lastConnection += 1
      state.connections[state.lastConnection] = Connection(news: news)
      return state.lastConnection
    }
  }

  /// Forgets the connection and its jobs.
  package func close(_ connection: ConnectionID) {
    let cancelled = state.withLock { state in
      defer { state.connections[connection] = nil }
      return state.abortAll(connection)
    }
    for cancellation in cancelled { cancellation.cancel() }
  }

  /// The job's context says whom it waits behind.
  package func submit(_ job: SynthesisJob, for connection: ConnectionID) {
    change { state in
      guard let stream = state.stream(of: job.context, at: connection) else { return }
      state.queue.submit(job, to: stream)
    }
  }

  /// Changes the queue, and has a thread for what can be done now, as long as the engine speaks more.
  private func change(_ body: (inout State) -> Void) {
    let limit = engine.concurrency
    let wantsThread = state.change { state in
      body(&state)
      return state.queue.ready > state.idle && state.threads < limit && !state.stopping
    }
    // Without another thread the ones there are do it.
    if wantsThread { try? startThread() }
  }

  /// Forgets all jobs and stops those being spoken within one piece of audio.
  package func abortAll(of connection: ConnectionID) {
    for cancellation in state.withLock({ $0.abortAll(connection) }) { cancellation.cancel() }
  }

  /// The same for one context.
  package func abort(_ context: String?, of connection: ConnectionID) {
    let cancellation: Cancellation? = state.withLock { state in
      guard let stream = state.connections[connection]?.streams.removeValue(forKey: context)
      else { return nil }
      return state.close(stream)
    }
    cancellation?.cancel()
  }

  /// A held connection gets no further job; those being spoken are finished.
  package func hold(_ connection: ConnectionID, _ held: Bool) {
    change { state in
      guard let streams = state.connections[connection]?.streams else { return }
      state.connections[connection]?.isHeld = held
      for stream in streams.values { state.queue.hold(stream, held) }
    }
  }

  /// Nothing more will soon be submitted.
  package func rest() { engine.rest() }

  /// Ends the threads after the pieces of audio being made.
  package func stop() {
    let cancelled = state.change { state in
      state.stopping = true
      return Array(state.cancellations.values)
    }
    for cancellation in cancelled { cancellation.cancel() }
  }

  private struct Assignment {
    var stream: JobQueue.StreamID
    var job: SynthesisJob
    var news: NewsHandler
    var cancellation = Cancellation()
  }

  private func run() {
    while let assignment = nextAssignment() {
      perform(assignment)
      state.change { state in
        state.queue.finished(assignment.stream)
        state.cancellations[assignment.stream] = nil
        state.idle += 1
      }
    }
  }

  /// Waits for work; nil once the worker is stopped.
  private func nextAssignment() -> Assignment? {
    let next: Assignment?? = state.wait { state in
      if state.stopping { return .some(nil) }
      guard let (stream, job) = state.queue.next(at: .now),
        let owner = state.owners[stream], let news = state.connections[owner]?.news
      else { return nil }
      state.idle -= 1
      let assignment = Assignment(stream: stream, job: job, news: news)
      state.cancellations[stream] = assignment.cancellation
      return assignment
    }
    return next ?? nil
  }

  private func perform(_ assignment: Assignment) {
    let job = assignment.job
    assignment.news(.started, job.id)
    var performance = Performance(
      job: job, engine: engine, longestPiece: longestPiece, cancellation: assignment.cancellation)
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
    state.withLock { !$0.stopping && $0.owners[assignment.stream] != nil }
  }
}
