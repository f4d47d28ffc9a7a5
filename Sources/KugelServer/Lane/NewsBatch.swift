import KugelServiceCore

/// The engine's news for one connection on their way to the loop's thread.
///
/// The first sound of a text chunk goes at once, and so does all that a slow engine makes. What a quick
/// one makes behind it travels together: each hand-over wakes the loop, which looks at every socket.
///
/// Pure: times come in.
struct NewsBatch {
  typealias Item = (news: EngineNews, job: Int)

  private var waiting: [Item] = []
  private var samples = 0
  /// Pieces of sound of the chunk so far.
  private var pieces = 0
  private var last: ContinuousClock.Instant?

  /// Pieces of a chunk that go at once.
  private static let promptPieces = 3
  /// Samples that travel together: a second, at the usual rate.
  private static let mostSamples = 24_000
  /// Longer between two pieces, and the engine is slow.
  private static let quick = Duration.milliseconds(1)

  /// - Returns: what is to be handed over now, in order; empty when this may wait for the next.
  mutating func add(
    _ news: EngineNews, job: Int, at now: ContinuousClock.Instant
  ) -> [Item] {
    waiting.append((news, job))
    guard isDue(news, at: now) else { return [] }
    defer { (waiting, samples) = ([], 0) }
    return waiting
  }

  private mutating func isDue(_ news: EngineNews, at now: ContinuousClock.Instant) -> Bool {
    switch news {
    case .started:
      pieces = 0
      return false
    case .samples(let samples):
      let isQuick = last.map { now - $0 < Self.quick } ?? false
      last = now
      pieces += 1
      self.samples += samples.count
      return !isQuick || pieces <= Self.promptPieces || self.samples >= Self.mostSamples
    // The end of the chunk follows.
    case .words: return false
    case .finished, .failed: return true
    }
  }
}
