import KugelServiceCore

/// Speaks each word as samples that follow from it, five times as fast as they play.
struct SimulatedEngine {
  private struct Piece {
    var at: Duration
    var news: EngineNews
    var job: Int
    var context: String?
  }

  private var pieces: [Piece] = []
  private var head = 0
  private var busyUntil: Duration = .zero

  var due: Duration? { head < pieces.count ? pieces[head].at : nil }

  mutating func speak(_ job: SynthesisJob, at now: Duration) {
    var at = max(now, busyUntil)
    add(.started, job, at)
    for word in job.utterance.text.split(whereSeparator: \.isWhitespace) {
      let samples = Self.samples(of: word)
      at += .milliseconds(samples.count / 5)
      add(.samples(samples), job, at)
    }
    add(.finished, job, at)
    busyUntil = at
  }

  mutating func abort() {
    pieces.removeAll(keepingCapacity: true)
    (head, busyUntil) = (0, .zero)
  }

  /// Forgets what it has to say for one context.
  mutating func abort(_ context: String) {
    pieces.removeSubrange(..<head)
    head = 0
    pieces.removeAll { $0.context == context }
  }

  mutating func next(at now: Duration) -> (EngineNews, job: Int)? {
    guard let due, due <= now else { return nil }
    defer {
      head += 1
      if head == pieces.count { (head, pieces) = (0, []) }
    }
    return (pieces[head].news, pieces[head].job)
  }

  private mutating func add(_ news: EngineNews, _ job: SynthesisJob, _ at: Duration) {
    pieces.append(Piece(at: at, news: news, job: job.id, context: job.context))
  }

  static func samples(of word: Substring) -> [Int16] {
    let seed = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let count = 60 + 20 * word.utf8.count
    return (0..<count).map { Int16(truncatingIfNeeded: seed &+ UInt32($0)) }
  }
}
