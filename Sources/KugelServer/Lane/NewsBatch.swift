import KugelServiceCore
import Synchronization

/// The engine's news for one connection on their way to the loop's thread.
///
/// The first sound of a text chunk goes at once, and so does all that a slow engine makes. What a quick
/// one makes behind it travels together: each hand-over wakes the loop, which looks at every socket.
final class NewsBatch: Sendable {
  typealias Item = (news: EngineNews, job: Int)

  private struct State {
    var waiting: [Item] = []
    var samples = 0
    /// Pieces of sound of the chunk so far.
    var pieces = 0
    var last: ContinuousClock.Instant?
  }

  /// Pieces of a chunk that go at once.
  private static let promptPieces = 3
  /// Samples that travel together: a second, at the usual rate.
  private static let mostSamples = 24_000
  /// Longer between two pieces, and the engine is slow.
  private static let quick = Duration.milliseconds(1)

  private let state = Mutex(State())

  /// - Returns: what is to be handed over now, in order; empty when this may wait for the next.
  func add(_ news: EngineNews, job: Int, at now: ContinuousClock.Instant) -> [Item] {
    state.withLock { state in
      state.waiting.append((news, job))
      guard Self.isDue(news, &state, at: now) else { return [] }
      defer { (state.waiting, state.samples) = ([], 0) }
      return state.waiting
    }
  }

  private static func isDue(
    _ news: EngineNews, _ state: inout State, at now: ContinuousClock.Instant
  ) -> Bool {
    switch news {
    case .started:
      state.pieces = 0
      return false
    case .samples(let samples):
      let isQuick = state.last.map { now - $0 < quick } ?? false
      state.last = now
      state.pieces += 1
      state.samples += samples.count
      return !isQuick || state.pieces <= promptPieces || state.samples >= mostSamples
    // The end of the chunk follows.
    case .words: return false
    case .finished, .failed: return true
    }
  }
}
