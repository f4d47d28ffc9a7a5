import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

private func job(_ id: Int, _ context: String? = nil) -> SynthesisJob {
  SynthesisJob(
    id: id, chunk: id, utterance: Utterance(text: "\(id)", voice: 1), rate: 24_000,
    context: context)
}

private func sound(_ value: Int16) -> JobRelay.News { .samples([value], rate: 24_000) }

private struct RelayBench {
  var relay = JobRelay(limit: 2)

  mutating func begun() -> [Int] {
    var ids: [Int] = []
    while let job = relay.nextJob() { ids.append(job.id) }
    return ids
  }

  /// What is told, such as `0 started`.
  mutating func told() -> [String] {
    var lines: [String] = []
    while let (news, job) = relay.nextNews() {
      switch news {
      case .started: lines.append("\(job.id) started")
      case .samples(let samples, _): lines.append("\(job.id) \(samples[0])")
      case .speech: lines.append("\(job.id) speech")
      case .words(let words): lines.append("\(job.id) \(words.count) words")
      case .pause: lines.append("\(job.id) pause")
      case .finished: lines.append("\(job.id) finished")
      case .failed: lines.append("\(job.id) failed")
      case .lost: lines.append("\(job.id) lost")
      }
    }
    return lines
  }
}

@Suite struct JobRelayTests {
  @Test func `a job's neighbour is the next of its turn, and of no other`() {
    var relay = JobRelay(limit: 1)
    for (id, context) in [(0, "a"), (1, "b"), (1, "a"), (3, "a")] { relay.submit(job(id, context)) }
    #expect(relay.text(after: job(0, "a")) == "1")
    #expect(relay.text(after: job(1, "a")) == nil)
    #expect(relay.text(after: job(0, "b")) == "1")
    #expect(relay.text(after: job(0)) == nil)
  }

  @Test func `times of words are told in their order, as sound is`() {
    var bench = RelayBench()
    bench.relay.submit(job(0))
    #expect(bench.begun() == [0])
    bench.relay.hear(.speech, of: 0)
    let word = WordTime(
      word: "a", startMilliseconds: 0, endMilliseconds: 1, characterStart: 0, characterEnd: 1)
    bench.relay.hear(.words([word]), of: 0)
    bench.relay.hear(sound(7), of: 0)
    #expect(bench.told() == ["0 started", "0 speech", "0 1 words", "0 7"])
  }

  @Test func `two are under way, and what comes is told in order`() {
    var bench = RelayBench()
    for id in 0..<4 { bench.relay.submit(job(id)) }
    #expect(bench.begun() == [0, 1])
    bench.relay.hear(sound(10), of: 1)
    bench.relay.hear(.finished, of: 1)
    #expect(bench.told() == ["0 started"])
    #expect(bench.begun() == [2])
    bench.relay.hear(sound(0), of: 0)
    #expect(bench.told() == ["0 0"])
    bench.relay.hear(.finished, of: 0)
    #expect(bench.told() == ["0 finished", "1 started", "1 10", "1 finished", "2 started"])
    #expect(bench.begun() == [3])
  }

  @Test func `what somebody waits for is begun before what is ahead, and told at once`() {
    var bench = RelayBench()
    bench.relay.submit(job(0, "a"))
    bench.relay.submit(job(1, "a"))
    bench.relay.submit(job(2, "b"))
    #expect(bench.begun() == [0, 2])
    bench.relay.hear(sound(2), of: 2)
    #expect(bench.told() == ["0 started", "2 started", "2 2"])
  }

  @Test func `a failure waits for its place`() {
    var bench = RelayBench()
    bench.relay.submit(job(0))
    bench.relay.submit(job(1))
    _ = bench.begun()
    bench.relay.hear(.failed(.rateLimited), of: 1)
    #expect(bench.told() == ["0 started"])
    bench.relay.hear(.finished, of: 0)
    #expect(bench.told() == ["0 finished", "1 started", "1 failed"])
  }

  @Test func `of what is forgotten nothing is told, and those that were begun are named`() {
    var bench = RelayBench()
    for (id, context) in [(0, "a"), (1, "b"), (2, "a")] { bench.relay.submit(job(id, context)) }
    _ = bench.begun()
    #expect(bench.relay.forget("a") == [0])
    bench.relay.hear(sound(0), of: 0)
    #expect(bench.told() == ["1 started"])
    #expect(bench.begun() == [])
    bench.relay.submit(job(3, "b"))
    #expect(bench.begun() == [3])
    #expect(bench.relay.forgetAll() == [1, 3])
    #expect(bench.told() == [])
  }

  @Test func `held, nothing further is begun`() {
    var bench = RelayBench()
    bench.relay.isHeld = true
    bench.relay.submit(job(0))
    #expect(bench.begun() == [])
    bench.relay.isHeld = false
    #expect(bench.begun() == [0])
  }
}
