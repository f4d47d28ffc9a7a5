import KugelConnections
import KugelEngine
import KugelMeasure
import KugelService
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelWire
import Testing

@testable import KugelClient

/// Fake time counts nanoseconds; milliseconds as sums of fractions differ in the last digit.
func near(_ value: Double?, _ expected: Double) -> Bool {
  value.map { abs($0 - expected) < 1e-3 } ?? false
}

@Suite struct BenchRunTests {
  @Test func `delays that were put in come out`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [bench.subject { _ in Delays() }], counts: planned(warm: 20, warmup: 2, cold: 3))
    #expect(!bench.clock.isStuck)
    let turns = outcome.samples[0]
    #expect(turns.map(\.phase).map(\.rawValue).filter { $0 == "cold" }.count == 3)
    #expect(turns.count == 25)
    for turn in turns {
      #expect(turn.failure == nil)
      #expect(near(turn.firstByte, 118))
      #expect(near(turn.firstSound, 131))
      #expect(near(turn.leadingSilence, 13))
      #expect(turn.frameGaps.allSatisfy { near($0, 41) } && turn.frameGaps.count == 2)
      #expect(near(turn.realTimeFactor, 200.0 / 600))
      #expect(turn.lateFrames == [0, 0, 0])
    }
    for turn in turns.prefix(3) {
      #expect(near(turn.connect, 40))
      #expect(near(turn.firstSoundCold, 171))
    }
    #expect(turns.dropFirst(3).allSatisfy { $0.connect == nil && $0.firstSoundCold == nil })
  }

  @Test func `a tail put in moves p99 and leaves p50`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [
        bench.subject { turn in
          var delays = Delays()
          delays.firstFrame += Double(turn % 10)
          if turn == 49 || turn == 99 { delays.firstFrame += 700 }
          return delays
        }
      ], counts: planned(warm: 100))
    let conditions = BenchConditions(
      engine: "kugel", place: .network, voice: "1", textName: "short", text: "x", strategy: .full)
    let measured = BenchCase(conditions: conditions, turns: outcome.samples[0])
    let summary = try #require(measured.metrics.first { $0.metric == .firstByte })
    #expect(near(summary.p50, 122))
    #expect(near(summary.p95, 127))
    #expect(near(summary.p99, 827))
  }

  @Test func `late frames are those put in`() throws {
    let bench = try ScriptedBench()
    var delays = Delays()
    // Each frame comes 100 ms after the one before it has been played.
    (delays.gap, delays.length, delays.frames) = (300, 200, 3)
    let outcome = try bench.run([bench.subject { _ in delays }], counts: planned(warm: 1))
    #expect(outcome.samples[0][0].lateFrames == [2, 1, 0])
  }

  @Test func `a barge-in is measured to its acknowledgement and the last stray frame`() throws {
    let bench = try ScriptedBench()
    var delays = Delays()
    delays.stray = 6
    let outcome = try bench.run(
      [bench.subject { _ in delays }], counts: planned(warm: 1, bargeIn: 3))
    let turns = outcome.samples[0].filter { $0.phase == .bargeIn }
    #expect(turns.count == 3)
    for turn in turns {
      #expect(turn.failure == nil)
      #expect(near(turn.cancelAcknowledged, 11))
      #expect(near(turn.cancelLastFrame, 6))
    }
  }

  @Test func `pieces are sent at the writer's pace, and both starts are measured`() throws {
    let bench = try ScriptedBench()
    var delays = Delays()
    delays.firstFrame = 100
    let script = TurnScript(text: "One two. Three four.", strategy: .tokens, pace: 50)
    let outcome = try bench.run(
      [bench.subject { _ in delays }], counts: planned(warm: 1), script: script)
    let turn = outcome.samples[0][0]
    // Six tokens, 20 ms apart; the scripted service begins at the flush.
    #expect(near(turn.firstByte, 200))
    #expect(near(turn.firstByteAfterSentence, 160))
    #expect(turn.pieces.count == 1)
  }

  @Test func `flushed pieces are measured each from its own send`() throws {
    let bench = try ScriptedBench()
    let script = TurnScript(text: "One two. Three four.", strategy: .sentence, pace: 50)
    let outcome = try bench.run(
      [bench.subject { _ in Delays() }], counts: planned(warm: 1), script: script)
    let turn = outcome.samples[0][0]
    #expect(turn.pieces.map(\.characters) == [8, 12])
    #expect(near(turn.pieces[0].firstByte, 118))
    // Sent 60 ms later, begun when the first was done, at 200.
    #expect(near(turn.pieces[1].firstByte, 200 + 118 - 60))
  }

  @Test func `failing turns are counted, and the rest stands`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [bench.subject { $0 == 2 || $0 == 5 ? nil : Delays() }], counts: planned(warm: 10))
    let turns = outcome.samples[0]
    #expect(turns.count == 10)
    #expect(turns.compactMap(\.failure).count == 2)
    #expect(turns.filter { $0.failure == nil }.allSatisfy { near($0.firstByte, 118) })
    #expect(outcome.failures[0] == nil)
  }

  @Test func `a service that never gives a turn is given up, and the others are measured`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [bench.subject { _ in nil }, bench.subject { _ in Delays() }], counts: planned(warm: 20))
    #expect(outcome.samples[0].count == 3)
    #expect(outcome.failures[0] != nil)
    #expect(outcome.samples[1].count == 20)
    #expect(outcome.failures[1] == nil)
  }

  @Test func `a silent service fails the turn by its time-out`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [
        bench.subject { turn in
          var delays = Delays()
          if turn == 1 { delays.firstFrame = 60_000 }
          return delays
        }
      ], counts: planned(warm: 3))
    #expect(outcome.samples[0].map(\.failure) == [nil, "nothing came for 10.0 s (first)", nil])
  }

  @Test func `what is known when a signal comes is kept`() throws {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [bench.subject { _ in Delays() }], counts: planned(warm: 20),
      progress: { if $0.done == 7 { bench.inbox.post(.signal(2)) } })
    #expect(outcome.signal == 2)
    #expect(outcome.samples[0].count == 7)
  }

  @Test func `cases take turns`() throws {
    let bench = try ScriptedBench()
    var order: [Int] = []
    _ = try bench.run(
      [bench.subject { _ in Delays() }, bench.subject { _ in Delays() }], counts: planned(warm: 3),
      progress: { order.append($0.measured) })
    #expect(order == [0, 1, 0, 1, 0, 1])
  }
}

@Suite struct BenchLoadTests {
  @Test func `a stall is counted for every turn that it kept waiting`() throws {
    let bench = try ScriptedBench()
    // The third turn of each connection takes two seconds, the rest a fifth of one.
    let outcome = try bench.run(
      [
        bench.subject { turn in
          var delays = Delays()
          delays.frames = 1
          delays.firstFrame = turn == 2 ? 2000 : 200
          return delays
        }
      ], counts: planned(warm: 20), concurrency: 2, interval: .milliseconds(500))
    let turns = outcome.samples[0].filter { $0.lane == 1 }.sorted { $0.start < $1.start }
    #expect(turns.count == 10)
    #expect(outcome.intervals == [.milliseconds(500)])
    let delays = turns.map { $0.firstByte ?? 0 }
    // Turns meant for 1500, 2000, 2500 ms waited for the one of 1000 to 3000 ms, and for each other.
    let expected = [240.0, 200, 2000, 1700, 1400, 1100, 800, 500, 200, 200]
    for (index, (delay, value)) in zip(delays, expected).enumerated() {
      // The first turn makes the connection too.
      #expect(near(delay, value), "turn \(index): \(delay)")
    }
    #expect(near(turns[3].startDelay, 1500))
    for (first, second) in zip(turns, turns.dropFirst()) {
      #expect(near(second.start - first.start, 500))
    }
  }

  @Test func `without an interval a turn starts when the one before it would have been heard`()
    throws
  {
    let bench = try ScriptedBench()
    let outcome = try bench.run(
      [bench.subject { _ in Delays() }], counts: planned(warm: 9, warmup: 1), concurrency: 3)
    #expect(near(outcome.intervals[0].map { $0 / .milliseconds(1) }, 600))
    let warm = outcome.samples[0].filter { $0.phase == .warm }
    #expect(warm.count == 9)
    #expect((1...3).map { lane in warm.filter { $0.lane == lane }.count } == [3, 3, 3])
    #expect(warm.allSatisfy { near($0.startDelay, 0) && near($0.firstByte, 118) })
    #expect(Set(warm.map(\.turn)) == Set(1...9))
  }
}

@Suite struct BenchEngineTests {
  private func subject(_ worker: SynthesisWorker, _ settings: TurnSettings) -> BenchSubject {
    let profile = ServiceProfile { if case .id(let number) = $0 { number } else { nil } }
    return BenchSubject(settings: settings, policy: SessionPolicy()) {
      LocalConnection(profile: profile, worker: worker, news: $0)
    }
  }

  @Test(arguments: Strategy.allCases)
  func `the service in this process is measured with every strategy`(strategy: Strategy) throws {
    let worker = try SynthesisWorker(engine: ToneEngine())
    defer { worker.stop() }
    var settings = TurnSettings()
    settings.voice = .id(1)
    let subject = subject(worker, settings)
    let text = "One two, three. Four five six!"
    let script = TurnScript(text: text, strategy: strategy, pace: 5000)
    let outcome = try measure(
      BenchPart.Setup(
        subjects: [subject], cases: [BenchPart.Case(subject: 0, script: script)],
        counts: planned(warm: 3, warmup: 1, cold: 1)), inbox: Inbox(), clock: ExactClock())
    let turns = outcome.samples[0]
    #expect(turns.map(\.failure) == [nil, nil, nil, nil, nil])
    let seconds = turns.map(\.audioSeconds)
    #expect(Set(seconds).count == 1 && seconds[0] > 0.3)
    for turn in turns {
      #expect(turn.firstByte != nil && turn.firstSound != nil)
      // Where the sound comes before the sentence is complete there is no such time.
      if !strategy.isPaced { #expect(turn.firstByteAfterSentence == nil) }
      if let time = turn.firstByteAfterSentence { #expect(time >= 0) }
      #expect(turn.segments.map(\.characters).reduce(0, +) > 20)
    }
  }

  @Test func `barge-in works in this process`() throws {
    let worker = try SynthesisWorker(engine: ToneEngine())
    defer { worker.stop() }
    var settings = TurnSettings()
    settings.voice = .id(1)
    let subject = subject(worker, settings)
    let script = TurnScript(
      text: String(repeating: BenchText.long.text + " ", count: 4), strategy: .full, pace: 50)
    let outcome = try measure(
      BenchPart.Setup(
        subjects: [subject], cases: [BenchPart.Case(subject: 0, script: script)],
        counts: planned(warm: 1, bargeIn: 2)), inbox: Inbox(), clock: ExactClock())
    let turns = outcome.samples[0]
    #expect(turns.count == 3)
    #expect(turns.allSatisfy { $0.failure == nil })
    // What was said after the cancel is of the next turn only.
    #expect(turns[0].audioSeconds > 100)
  }
}
