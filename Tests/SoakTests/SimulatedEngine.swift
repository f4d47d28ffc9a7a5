import KugelServiceCore

/// Speaks each word as samples that follow from it, five times as fast as they play.
struct SimulatedEngine {
  private struct Piece {
    var at: Duration
    var news: EngineNews
    var job: Int
  }

  private var pieces: [Piece] = []
  private var head = 0
  private var busyUntil: Duration = .zero

  var due: Duration? { head < pieces.count ? pieces[head].at : nil }

  mutating func speak(_ job: SynthesisJob, at now: Duration) {
    var at = max(now, busyUntil)
    add(.started, job.id, at)
    for word in job.utterance.text.split(whereSeparator: \.isWhitespace) {
      let samples = Self.samples(of: word)
      at += .milliseconds(samples.count / 5)
      add(.samples(samples), job.id, at)
    }
    add(.finished, job.id, at)
    busyUntil = at
  }

  mutating func abort() {
    pieces.removeAll(keepingCapacity: true)
    (head, busyUntil) = (0, .zero)
  }

  mutating func next(at now: Duration) -> (EngineNews, job: Int)? {
    guard let due, due <= now else { return nil }
    defer {
      head += 1
      if head == pieces.count { (head, pieces) = (0, []) }
    }
    return (pieces[head].news, pieces[head].job)
  }

  private mutating func add(_ news: EngineNews, _ job: Int, _ at: Duration) {
    pieces.append(Piece(at: at, news: news, job: job))
  }

  static func samples(of word: Substring) -> [Int16] {
    let seed = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let count = 60 + 20 * word.utf8.count
    return (0..<count).map { Int16(truncatingIfNeeded: seed &+ UInt32($0)) }
  }
}
