import Testing

@testable import KugelTransport

private let start = ContinuousClock.now

private struct ClockBench {
  var clock = RequestClock(
    .init(head: .seconds(10), body: .seconds(30), idle: .seconds(60)), at: start)

  /// The second at which the time is up, as seen from the start.
  var deadline: Int { Int(start.duration(to: clock.deadline).components.seconds) }

  mutating func reached(_ stage: RequestClock.Stage, at second: Int) -> Int {
    clock.reached(stage, at: start + .seconds(second))
    return deadline
  }
}

@Suite struct RequestClockTests {
  @Test func `a first head has its time from the connection on, however it trickles`() {
    var bench = ClockBench()
    #expect(bench.deadline == 10)
    #expect(bench.reached(.waiting, at: 3) == 10)
    #expect(bench.reached(.head, at: 4) == 10)
    #expect(bench.reached(.head, at: 9) == 10)
  }

  @Test func `a body has its time as a whole`() {
    var bench = ClockBench()
    #expect(bench.reached(.body, at: 5) == 35)
    #expect(bench.reached(.body, at: 30) == 35)
  }

  @Test func `a later request has a time of its own, and empty lines before it none`() {
    var bench = ClockBench()
    _ = bench.reached(.body, at: 5)
    bench.clock.answered(at: start + .seconds(6))
    #expect(bench.deadline == 66)
    #expect(bench.reached(.waiting, at: 20) == 66)
    #expect(bench.reached(.head, at: 30) == 40)
    // The first half of an empty line looked like a head, and is none.
    #expect(bench.reached(.waiting, at: 31) == 40)
    #expect(bench.reached(.head, at: 32) == 40)
  }

  @Test func `while an answer is being taken, the next request has time`() {
    var bench = ClockBench()
    bench.clock.answered(at: start + .seconds(6))
    bench.clock.progressed(at: start + .seconds(50))
    #expect(bench.deadline == 110)
  }

  @Test func `who takes an early refusal gets no more time for the head`() {
    var bench = ClockBench()
    bench.clock.progressed(at: start + .seconds(5))
    #expect(bench.deadline == 10)
  }
}
