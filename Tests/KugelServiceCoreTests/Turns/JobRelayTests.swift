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
  private var begunSince: [Int] = []
  private var toldSince: [String] = []

  init(limit: Int = 2) { relay = JobRelay(limit: limit) }

  /// Since the last call.
  mutating func begun() -> [Int] {
    take()
    defer { begunSince = [] }
    return begunSince
  }

  /// What was told since the last call, such as `0 started`.
  mutating func told() -> [String] {
    take()
    defer { toldSince = [] }
    return toldSince
  }

  private mutating func take() {
    while let step = relay.next() {
      switch step {
      case .begin(let job): begunSince.append(job.id)
      case .tell(let news, let job): toldSince.append("\(job.id) \(Self.word(news))")
      }
    }
  }

  private static func word(_ news: JobRelay.News) -> String {
    switch news {
    case .started: "started"
    case .samples(let samples, _): "\(samples[0])"
    case .speech: "speech"
    case .words(let words): "\(words.count) words"
    case .billed(let characters): "\(characters) characters"
    case .pause: "pause"
    case .finished: "finished"
    case .failed: "failed"
    case .lost: "lost"
    }
  }
}

@Suite struct JobRelayTests {
  @Test func `a job says what stands before and behind it in its turn, and in no other`() {
    var relay = JobRelay(limit: 3)
    var said: [String] = []
    for (id, context) in [(0, "a"), (1, "b"), (1, "a"), (0, "b")] { relay.submit(job(id, context)) }
    while let step = relay.next() {
      guard case .begin(let job) = step else { continue }
      let hints = job.settings.hints
      said.append(
        "\(job.context ?? "")\(job.chunk) \(hints.previousText ?? "-") \(hints.nextText ?? "-")")
    }
    #expect(said == ["a0 - 1", "b1 - -", "a1 0 -"])
  }

  @Test func `what the user gave stands before the first and behind the last`() {
    var relay = JobRelay(limit: 2)
    for id in 0..<2 {
      var job = job(id)
      (job.settings.hints.previousText, job.settings.hints.nextText) = ("before", "behind")
      relay.submit(job)
    }
    var said: [[String?]] = []
    while let step = relay.next() {
      guard case .begin(let job) = step else { continue }
      said.append([job.settings.hints.previousText, job.settings.hints.nextText])
    }
    #expect(said == [["before", "1"], ["0", "behind"]])
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
    #expect(bench.begun() == [0, 1])
    #expect(bench.told() == ["0 started", "1 started"])
    #expect(bench.relay.forget("a") == [0])
    bench.relay.hear(sound(0), of: 0)
    #expect(bench.told() == [])
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
