import KugelAudio
import KugelMeasure
import Testing

@testable import KugelClient

@Suite struct BenchPlayingTests {
  private func run(
    _ bench: ScriptedBench, _ speakers: FakeSpeakers, counts: BenchReport.Planned,
    delays: @escaping (Int) -> Delays? = { _ in Delays() }
  ) throws -> BenchPart.Outcome {
    try bench.run([bench.subject(delays)], counts: counts, speakers: speakers)
  }

  @Test func `heard is when the first audible sample leaves the device`() throws {
    let bench = try ScriptedBench()
    let speakers = FakeSpeakers(clock: bench.clock, latency: .milliseconds(70))
    let outcome = try run(bench, speakers, counts: planned(warm: 3, cold: 1))
    #expect(!bench.clock.isStuck)
    let turns = outcome.samples[0]
    #expect(turns.count == 4)
    for turn in turns {
      #expect(turn.failure == nil)
      // 118 ms to the first frame, 13 ms of silence in it.
      #expect(near(turn.firstSound, 131))
      #expect(near(turn.heard, 131 + 70), "\(String(describing: turn.heard))")
    }
    #expect(speakers.endedTurns == 4)
  }

  @Test func `a turn begins when the one before has been heard to its end`() throws {
    let bench = try ScriptedBench()
    let speakers = FakeSpeakers(clock: bench.clock, latency: .milliseconds(70))
    let turns = try run(bench, speakers, counts: planned(warm: 3)).samples[0]
    for (first, second) in zip(turns.dropFirst(), turns.dropFirst(2)) {
      // Three frames of 200 ms, but for the last sample.
      #expect(abs(second.start - first.start - (118 + 70 + 600)) < 0.1)
    }
  }

  @Test func `a barge-in silences the speakers, and so does a failure`() throws {
    let bench = try ScriptedBench()
    let speakers = FakeSpeakers(clock: bench.clock, latency: .milliseconds(70))
    let outcome = try run(
      bench, speakers, counts: planned(warm: 2, bargeIn: 2), delays: { $0 == 1 ? nil : Delays() })
    #expect(!bench.clock.isStuck)
    #expect(outcome.samples[0].compactMap(\.failure).count == 1)
    #expect(speakers.silences == 3)
  }

  @Test func `lost speakers end the playing and not the measuring`() throws {
    let bench = try ScriptedBench()
    let speakers = FakeSpeakers(clock: bench.clock, latency: .milliseconds(70))
    let lost = SinkError.failed(target: "card", cause: "gone")
    speakers.state = .failed(lost)
    let outcome = try run(bench, speakers, counts: planned(warm: 3))
    #expect(!bench.clock.isStuck)
    #expect(outcome.samples[0].count == 3)
    #expect(outcome.samples[0].allSatisfy { $0.failure == nil })
    #expect(outcome.sinkErrors == [lost])
  }
}
