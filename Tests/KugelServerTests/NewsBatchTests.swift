import KugelServiceCore
import Testing

@testable import KugelServer

@Suite struct NewsBatchTests {
  private let start = ContinuousClock.now

  /// How many news go together, for one chunk of so many pieces a given time apart.
  private func travels(
    pieces: Int, of samples: Int, every pause: Duration
  ) -> (sizes: [Int], news: [EngineNews]) {
    var batch = NewsBatch()
    var sizes: [Int] = []
    var news: [EngineNews] = []
    var now = start
    let made: [EngineNews] =
      [.started]
      + (0..<pieces).map { .samples([Int16](repeating: Int16($0), count: samples)) }
      + [.words([]), .finished]
    for item in made {
      now += pause
      let due = batch.add(item, job: 7, at: now)
      if !due.isEmpty { sizes.append(due.count) }
      #expect(due.allSatisfy { $0.job == 7 })
      news += due.map(\.news)
    }
    #expect(news == made)
    return (sizes, news)
  }

  @Test func `what a slow engine makes goes at once`() {
    #expect(
      travels(pieces: 6, of: 4800, every: .milliseconds(2)).sizes == [2, 1, 1, 1, 1, 1, 2])
  }

  @Test func `what a quick engine makes behind the first sound goes together, a second at most`() {
    #expect(
      travels(pieces: 14, of: 4800, every: .microseconds(100)).sizes == [2, 1, 1, 5, 5, 3])
  }

  @Test func `a chunk without sound ends at once`() {
    #expect(travels(pieces: 0, of: 0, every: .zero).sizes == [3])
  }
}
