import KugelEngine
import KugelServiceCore
import KugelSystem
import Synchronization

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
    /// Of the threads that wait for work, the one that did so last at the end: its memory is warm.
    var resting: [Bell] = []
    /// Threads that were woken or started, and have not looked for work yet.
    var coming = 0

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

    /// What a thread is to do now.
    ///
    /// - Parameters:
    ///   - wasCalled: whether it was one of those that were coming.
    ///   - bell: where it will wait if there is nothing to do.
    mutating func next(wasCalled: Bool, else bell: Bell) -> Errand {
      if wasCalled { coming -= 1 }
      if stopping { return .end }
      while let (stream, job) = queue.next(at: .now) {
        // A stream is closed before it is nobody's.
        guard let owner = owners[stream], let news = connections[owner]?.news else { continue }
        let assignment = Assignment(stream: stream, job: job, news: news)
        cancellations[stream] = assignment.cancellation
        return .job(assignment)
      }
      resting.append(bell)
      return .rest
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
  private let state = Mutex(State())

  /// - Parameter longestPiece: seconds; the first piece of a chunk comes at once, later ones are as
  ///   long as this. Clients over a socket want small frames (protocol notes, section 10).
  package init(engine: any SpeechEngine, longestPiece: Double = 0.2) throws(ThreadError) {
    self.engine = engine
    self.longestPiece = longestPiece
    try startThread()
  }

  /// One more; it is among those that come.
  private func startThread() throws(ThreadError) {
    state.withLock { state in
      state.threads += 1
      state.coming += 1
    }
    do throws(ThreadError) {
      _ = try Thread(name: "kugel-engine") { [self] in run() }
    } catch {
      state.withLock { state in
        state.threads -= 1
        state.coming -= 1
      }
      throw error
    }
  }

  /// Has somebody come for each job that can be done now: those that rest, then more, as long as the engine
  /// speaks more. Each thread rests at a bell of its own, so that none is woken in vain.
  private func summon() {
    let limit = engine.concurrency
    while true {
      let (bell, wantsThread) = state.withLock { state in
        guard state.queue.ready > state.coming, !state.stopping else {
          return (nil as Bell?, false)
        }
        guard let bell = state.resting.popLast() else { return (nil, state.threads < limit) }
        state.coming += 1
        return (bell, false)
      }
      if let bell { bell.ring() } else if !wantsThread || (try? startThread()) == nil { return }
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
    state.withLock { state in
      guard let stream = state.stream(of: job.context, at: connection) else { return }
      state.queue.submit(job, to: stream)
    }
    summon()
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
    state.withLock { state in
      guard let streams = state.connections[connection]?.streams else { return }
      state.connections[connection]?.isHeld = held
      for stream in streams.values { state.queue.hold(stream, held) }
    }
    if !held { summon() }
  }

  /// Nothing more will soon be submitted.
  package func rest() { engine.rest() }

  /// Ends the threads after the pieces of audio being made.
  package func stop() {
    let (cancelled, resting) = state.withLock { state in
      defer { state.resting = [] }
      state.stopping = true
      return (Array(state.cancellations.values), state.resting)
    }
    for cancellation in cancelled { cancellation.cancel() }
    for bell in resting { bell.ring() }
  }

  private enum Errand {
    case job(Assignment)
    case rest
    case end
  }

  private struct Assignment {
    var stream: JobQueue.StreamID
    var job: SynthesisJob
    var news: NewsHandler
    var cancellation = Cancellation()
  }

  private func run() {
    let bell = Bell()
    // Who starts was called.
    var wasCalled = true
    while true {
      let next = state.withLock { $0.next(wasCalled: wasCalled, else: bell) }
      wasCalled = false
      switch next {
      case .job(let assignment):
        perform(assignment)
        // Nobody is told: what can be done now this thread does next.
        state.withLock { state in
          state.queue.finished(assignment.stream)
          state.cancellations[assignment.stream] = nil
        }
      case .rest:
        bell.wait()
        wasCalled = true
      case .end: return
      }
    }
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

/// Where one thread waits to be woken; a ring before the wait counts.
private final class Bell: Sendable {
  private let hasRung = Monitor(false)

  func ring() { hasRung.change { $0 = true } }

  func wait() {
    hasRung.wait { hasRung in
      defer { hasRung = false }
      return hasRung ? () : nil
    }
  }
}
