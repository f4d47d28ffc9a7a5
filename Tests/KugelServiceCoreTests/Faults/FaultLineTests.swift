import Testing

@testable import KugelServiceCore
@testable import KugelWire

private let start = ContinuousClock.now

/// One connection with faults; what leaves it is read as a client reads it.
private struct LineBench {
  var line: FaultLine
  var now = start
  var decoder = AudioDecoder()
  let endpoint: Endpoint

  init(_ list: String, endpoint: Endpoint = .stream, connection: Int = 0) throws {
    line = FaultLine(plan: try FaultPlan(list), endpoint: endpoint, connection: connection)
    self.endpoint = endpoint
  }

  mutating func pass(_ messages: ServiceMessage..., after wait: Duration = .zero)
    -> [FaultLine.Step]
  {
    now += wait
    for message in messages {
      line.pass(ServiceFrame(message), encoding: .pcm16, at: now)
    }
    return line.due(at: now)
  }

  /// What leaves at once when a context says this.
  mutating func pass(_ messages: [ServiceMessage], in context: String) -> [FaultLine.Step] {
    for message in messages {
      line.pass(ServiceFrame(message, context: context), encoding: .pcm16, at: now)
    }
    return line.due(at: now)
  }

  mutating func due(after wait: Duration) -> [FaultLine.Step] {
    now += wait
    return line.due(at: now)
  }

  /// What a client makes of messages.
  mutating func read(_ steps: [FaultLine.Step]) -> [ServiceDecoding] {
    steps.compactMap { step in
      guard case .send(let message) = step else { return nil }
      return KugelCodec.decodeServiceFrame(message, audio: &decoder)
    }
  }

  mutating func audio(_ steps: [FaultLine.Step]) -> [Int16] {
    read(steps).flatMap { decoding -> [Int16] in
      if case .frame(let frame) = decoding, case .audio(let audio) = frame.message {
        audio.samples
      } else {
        []
      }
    }
  }
}

private func audio(_ index: Int, _ samples: [Int16] = [1, -2, 300]) -> ServiceMessage {
  .audio(AudioFrame(samples: samples, rate: 24_000, index: index, chunk: 0))
}

private let started = ServiceMessage.generationStarted(chunk: 0, text: "Hi.")
private let complete = ServiceMessage.chunkComplete(
  chunk: 0, audioSeconds: 1, generationMilliseconds: 1)
private let usage = Usage(audioSeconds: 1)
private let final = ServiceMessage.final(FinalStatistics(totals: TurnTotals(audioSeconds: 1)))
private let closed = ServiceMessage.sessionClosed(TurnTotals(audioSeconds: 1), usage: usage)

private func frames(_ messages: ServiceMessage..., in context: String? = nil) -> [ServiceDecoding] {
  messages.map { .frame(ServiceFrame($0, context: context)) }
}

private let second = [Int16](repeating: 1, count: 24_000)

@Suite struct FaultLineTests {
  @Test func `without a fault everything passes at once`() throws {
    var bench = try LineBench("")
    let steps = bench.pass(started, audio(0), complete, final, closed)
    #expect(bench.read(steps) == frames(started, audio(0), complete, final, closed))
    #expect(bench.line.deadline == nil)
  }

  @Test func `delay holds each message back, in order`() throws {
    var bench = try LineBench("delay=200")
    #expect(bench.pass(started) == [])
    #expect(bench.pass(audio(0), after: .milliseconds(100)) == [])
    #expect(bench.line.deadline == start + .milliseconds(200))
    #expect(bench.read(bench.due(after: .milliseconds(100))) == frames(started))
    #expect(bench.line.queuedBytes > 0)
    #expect(bench.read(bench.due(after: .milliseconds(100))) == frames(audio(0)))
    #expect(bench.line.queuedBytes == 0)
  }

  @Test func `of a delay that only some turns have, the others know nothing`() throws {
    var bench = try LineBench("delay=100,delay-every=3")
    for turn in 1...6 {
      let waits = turn.isMultiple(of: 3)
      for message in [started, audio(turn), final, closed] {
        let steps = bench.pass(message)
        #expect(steps.isEmpty == waits, "turn \(turn)")
        let late = bench.due(after: .milliseconds(100))
        #expect(late.isEmpty != waits, "turn \(turn)")
      }
    }
  }

  @Test func `a cancel is acknowledged at once, whatever waited behind slow audio`() throws {
    var bench = try LineBench("slow=1,delay=50")
    let second = [Int16](repeating: 5, count: 24_000)
    #expect(bench.pass(started, audio(0, second), complete) == [])
    #expect(bench.pass(.interrupted, after: .milliseconds(200)).count == 1)
    let steps = bench.due(after: .milliseconds(50))
    #expect(bench.read(steps).last == frames(.interrupted)[0])
    #expect(bench.line.deadline == nil)
  }

  @Test func `jitter keeps the order and is the same for the same seed`() throws {
    var times: [[ContinuousClock.Instant?]] = []
    for seed in [1, 1, 2] {
      var bench = try LineBench("jitter=1000,seed=\(seed)")
      var moments: [ContinuousClock.Instant?] = []
      for index in 0..<20 { _ = bench.pass(audio(index)) }
      var indices: [Int] = []
      while let deadline = bench.line.deadline {
        moments.append(deadline)
        for case .frame(let frame) in bench.read(bench.line.due(at: deadline)) {
          if case .audio(let audio) = frame.message { indices.append(audio.index) }
        }
      }
      #expect(indices == Array(0..<20))
      #expect(moments.allSatisfy { $0.map { $0 <= start + .seconds(1) } ?? false })
      times.append(moments)
    }
    #expect(times[0] == times[1])
    #expect(times[0] != times[2])
  }

  @Test func `slow lets audio leave at its pace, and a cancel forgets what waits`() throws {
    var bench = try LineBench("slow=0.5")
    #expect(bench.pass(started, audio(0, second), audio(1, second)).count == 1)
    #expect(bench.audio(bench.due(after: .milliseconds(79))) == [])
    #expect(bench.audio(bench.due(after: .milliseconds(1))).count == 960)
    #expect(bench.audio(bench.due(after: .milliseconds(1921))).count == 23_040)
    let steps = bench.pass(.interrupted)
    #expect(bench.read(steps) == frames(.interrupted))
    #expect(bench.line.queuedBytes == 0)
  }

  @Test func `a cancel is acknowledged ahead of what was held up, and that never comes`() throws {
    var bench = try LineBench("slow=0.5")
    #expect(bench.pass(started, audio(0, second), complete, final, closed).count == 1)
    #expect(bench.read(bench.pass(.interrupted)) == frames(.interrupted))
    #expect(bench.due(after: .seconds(60)) == [])
    #expect(bench.line.queuedBytes == 0)
  }

  @Test func `what stood behind held audio and is no part of the turn comes with the cancel`()
    throws
  {
    var bench = try LineBench("slow=0.5")
    let warning = ServiceMessage.warning(.other("Take care."))
    _ = bench.pass(started, audio(0, second), warning)
    #expect(bench.read(bench.pass(.interrupted)) == frames(warning, .interrupted))
  }

  @Test func `a cancel does not overtake what is only delayed`() throws {
    var bench = try LineBench("delay=200")
    _ = bench.pass(started, audio(0))
    #expect(bench.pass(.interrupted, after: .milliseconds(100)) == [])
    #expect(bench.read(bench.due(after: .milliseconds(100))) == frames(started, audio(0)))
    #expect(bench.read(bench.due(after: .milliseconds(100))) == frames(.interrupted))
  }

  @Test func `a cancelled context leaves the others their audio, each at its pace`() throws {
    var bench = try LineBench("slow=0.5", endpoint: .multi)
    for name in ["a", "b"] {
      #expect(bench.pass([.contextCreated, started, audio(0, second)], in: name).count == 2)
    }
    let steps = bench.pass([.interrupted, .contextClosed(usage: nil)], in: "a")
    #expect(bench.read(steps) == frames(.interrupted, .contextClosed(usage: nil), in: "a"))
    #expect(bench.audio(bench.due(after: .milliseconds(1000))).count == 12_000 - 480)
    #expect(bench.audio(bench.due(after: .milliseconds(1000))).count == 12_000 + 480)
    #expect(bench.due(after: .seconds(60)) == [])
  }

  @Test func `a context that is cut closes at once, one that ends well after its audio`() throws {
    var bench = try LineBench("slow=0.5", endpoint: .multi)
    let end: [ServiceMessage] = [complete, .final(FinalStatistics()), .contextClosed(usage: usage)]
    _ = bench.pass([.contextCreated, started, audio(0, second)], in: "cut")
    bench.line.cut("cut")
    #expect(
      bench.read(bench.pass([.contextClosed(usage: nil)], in: "cut"))
        == frames(.contextClosed(usage: nil), in: "cut"))
    #expect(bench.pass([.contextCreated, started, audio(0, second)] + end, in: "whole").count == 2)
    let late = bench.due(after: .seconds(2))
    #expect(bench.audio(late) == second)
    #expect(bench.read(late).last == frames(.contextClosed(usage: usage), in: "whole").last)
    // The service has ended it; the client, which hears it still, cuts in.
    _ = bench.pass([.contextCreated, started, audio(0, second)] + end, in: "late")
    #expect(
      bench.read(bench.pass([.contextClosed(usage: nil)], in: "late"))
        == frames(.contextClosed(usage: usage), .contextClosed(usage: nil), in: "late"))
    #expect(bench.due(after: .seconds(60)) == [])
  }

  @Test func `the session ends after what its contexts say`() throws {
    var bench = try LineBench("slow=0.5", endpoint: .multi)
    _ = bench.pass([.contextCreated, started, audio(0, second)], in: "a")
    #expect(bench.pass(.sessionClosed(TurnTotals(), usage: nil)) == [])
    let end = frames(.sessionClosed(TurnTotals(), usage: nil))
    #expect(bench.read(bench.due(after: .seconds(2))).last == end.last)
  }

  @Test func `the turns of contexts fail each for itself, and the halves of samples are their own`()
    throws
  {
    var bench = try LineBench("fail-turns=1", endpoint: .multi)
    let failed = bench.read(bench.pass([.contextCreated, started, audio(0), complete], in: "a"))
    #expect(failed.count == 2)
    #expect(bench.pass([.contextCreated, started, audio(0), complete], in: "b").count == 4)
    #expect(bench.pass([.final(FinalStatistics()), started, audio(0)], in: "a").count == 2)

    var odd = try LineBench("odd-bytes", endpoint: .multi)
    var steps = odd.pass([.contextCreated, audio(0, [1, 2])], in: "a")
    steps += odd.pass([.contextCreated, audio(0, [3, 4, 5])], in: "b")
    steps += odd.pass([complete], in: "a") + odd.pass([complete], in: "b")
    #expect(odd.audio(steps) == [1, 3, 4, 2, 5])
  }

  @Test(arguments: [("drop-before-audio", 0), ("drop-after=0", 0), ("drop-after=2", 2)])
  func `the connection breaks after so many frames`(list: String, count: Int) throws {
    var bench = try LineBench(list)
    let steps = bench.pass(started, audio(0), audio(1), audio(2), complete)
    #expect(steps.count == 1 + count + 1)
    #expect(steps.last == .breakOff)
    #expect(bench.pass(closed) == [])
  }

  @Test(arguments: [("close=1012", 0), ("close=4029,close-after=1", 1)])
  func `the socket closes with a code`(list: String, count: Int) throws {
    var bench = try LineBench(list)
    let steps = bench.pass(started, audio(0), audio(1))
    #expect(steps.count == 1 + count + 1)
    let code: UInt16 = count == 0 ? 1012 : 4029
    #expect(steps.last == .close(code: code, reason: "fault"))
  }

  @Test func `a silent service says nothing, or nothing more`() throws {
    var silent = try LineBench("silent")
    #expect(silent.pass(started, audio(0), closed) == [])
    silent.line.passClose(code: 1012, reason: "", at: start)
    #expect(silent.due(after: .zero) == [])
    var later = try LineBench("silent-after=1")
    #expect(later.read(later.pass(started, audio(0), audio(1), complete, closed)).count == 2)
  }

  @Test(arguments: [("fail-turns=1", "INTERNAL_ERROR"), ("error=RATE_LIMITED", "RATE_LIMITED")])
  func `a turn fails before its audio`(list: String, name: String) throws {
    var bench = try LineBench(list)
    let steps = bench.pass(started, audio(0), complete, final, closed)
    guard case .frame(let frame) = bench.read(steps).first, case .error(let error) = frame.message
    else {
      Issue.record("no error")
      return
    }
    #expect(error.name == name)
    #expect(steps.count == 1)
    let again = bench.read(bench.pass(started, audio(0), complete, final, closed))
    #expect(again.count == (list == "fail-turns=1" ? 5 : 1))
  }

  @Test func `a request fails so too, and the next one is another`() throws {
    var bench = try LineBench("fail-turns=1", endpoint: .tts)
    var end = FinalStatistics()
    end.chunks = 1
    #expect(bench.read(bench.pass(audio(0), .final(end))).count == 1)
    #expect(bench.read(bench.pass(audio(0), .final(end))).count == 2)
  }

  @Test func `odd bytes join to the whole`() throws {
    var bench = try LineBench("odd-bytes")
    let steps = bench.pass(audio(0, [1, 2]), audio(1, [3]), audio(2, [4]), complete)
    let sizes = steps.compactMap { step -> Int? in
      guard case .send(let message) = step else { return nil }
      let text = String(decoding: message, as: UTF8.self)
      guard text.hasPrefix("{\"audio\":\"") else { return nil }
      let base64 = text.dropFirst("{\"audio\":\"".count).prefix { $0 != "\"" }
      return Base64.decode(Array(base64.utf8))?.count
    }
    #expect(sizes == [3, 3, 1, 1])
    #expect(bench.audio(steps) == [1, 2, 3, 4])
  }

  @Test func `spoiled messages come once a turn`() throws {
    var base64 = try LineBench("bad-base64")
    for _ in 0..<2 {
      let read = base64.read(base64.pass(audio(0), audio(1), closed))
      #expect(read.count == 3)
      guard case .malformed = read[0] else {
        Issue.record("it can be read")
        return
      }
      #expect(read[1] == .frame(ServiceFrame(audio(1))))
    }
    var json = try LineBench("bad-json")
    let read = json.read(json.pass(audio(0), audio(1)))
    #expect(read.count == 3)
    #expect(read[0] == .malformed("text that is not JSON"))
    #expect(Array(read[1...]) == frames(audio(0), audio(1)))
  }

  @Test func `what is unknown does not hide what is known`() throws {
    var bench = try LineBench("unknown-frames")
    let read = bench.read(bench.pass(started, audio(0), closed))
    #expect(read.count { $0 == .unknown } == 3)
    #expect(read.filter { $0 != .unknown } == frames(started, audio(0), closed))
  }

  @Test func `a wrong rate is named, with the same samples`() throws {
    var bench = try LineBench("wrong-rate")
    guard case .frame(let frame) = bench.read(bench.pass(audio(0))).first,
      case .audio(let audio) = frame.message
    else {
      Issue.record("no audio")
      return
    }
    #expect((audio.rate, audio.samples) == (16_000, [1, -2, 300]))
  }

  @Test func `a huge frame is readable audio still`() throws {
    var bench = try LineBench("huge-frame")
    let steps = bench.pass(audio(0), audio(1))
    guard case .send(let message) = steps[0] else {
      Issue.record("nothing sent")
      return
    }
    #expect(message.count > 2 << 20)
    #expect(bench.read(steps) == frames(audio(0), audio(1)))
  }

  @Test func `late frames follow the end of a cancelled turn`() throws {
    var bench = try LineBench("late-after-cancel=3")
    let read = bench.read(bench.pass(audio(0), .interrupted))
    #expect(read.count == 5)
    #expect(read[1] == .frame(ServiceFrame(.interrupted)))
    guard case .frame(let frame) = read[4], case .audio(let audio) = frame.message else {
      Issue.record("no late audio")
      return
    }
    #expect(audio.index == 3)
  }

  @Test func `old services say less`() throws {
    var noFinal = try LineBench("no-final")
    #expect(noFinal.read(noFinal.pass(final, closed)) == frames(closed))
    var noUsage = try LineBench("no-usage")
    #expect(
      noUsage.read(noUsage.pass(final, closed))
        == frames(final, .sessionClosed(TurnTotals(audioSeconds: 1), usage: nil)))
    var noEnd = try LineBench("no-end")
    #expect(noEnd.read(noEnd.pass(final, closed)) == frames(final))
    var request = try LineBench("no-final", endpoint: .tts)
    var end = FinalStatistics()
    end.chunks = 1
    #expect(request.read(request.pass(.final(end))) == frames(.final(end)))
  }

  @Test func `later connections work when only the first are affected`() throws {
    var bench = try LineBench("drop-before-audio,times=1", connection: 1)
    #expect(bench.pass(audio(0)).count == 1)
    #expect(bench.pass(closed) != [.breakOff])
  }
}
