import Glibc
import KugelSystem
import TestSupport
import Testing

@testable import KugelAudio

/// Samples that a sink takes from whoever brings them, while its own thread has nothing to do.
@Suite struct SinkAtOnceTests {
  @Test func `a sink that takes at once is given samples by who offers, until it has some in hand`()
    throws
  {
    let sink = Mailbox<HandySink.Call>()
    let runner = SinkRunner(
      target: "test", onChange: {},
      makeSink: { () throws(SinkError) in HandySink(telling: sink, answers: [.all, .inHand]) })
    runner.waitUntilOpen()
    let us = UInt(pthread_self())
    // Until its thread sleeps, it is woken for what comes.
    var call: HandySink.Call?
    while call?.thread != us {
      runner.offer([1], rate: 24_000)
      call = sink.take()
    }
    #expect(call == .init(what: "at once", thread: us))
    runner.offer([2], rate: 24_000)
    let calls = [sink.take(), sink.take()].compactMap(\.self)
    #expect(calls.map(\.what) == ["at once", "flush"])
    #expect(calls.map { $0.thread == us } == [true, false])
    runner.finish()
    runner.join()
    #expect(sink.take()?.what == "finish")
  }

  @Test func `a sink that fails at once is cut by its own thread`() throws {
    let sink = Mailbox<HandySink.Call>()
    let error = SinkError.failed(target: "test", cause: "gone")
    let runner = SinkRunner(
      target: "test", onChange: {},
      makeSink: { () throws(SinkError) in HandySink(telling: sink, answers: []) })
    runner.waitUntilOpen()
    while runner.state == .running { runner.offer([1], rate: 24_000) }
    runner.join()
    #expect(runner.state == .failed(error))
  }

  @Test func `a hush that is not answered keeps what follows it in the queue`() {
    var queue = SinkQueue(capacity: 1)
    #expect(queue.isClear)
    queue.hush()
    #expect(!queue.isClear)
    _ = queue.take()
    #expect(queue.isClear)
    queue.flush()
    #expect(!queue.isClear)
    #expect(queue.take()?.work == .flush)
    queue.beginTurn()
    queue.endTurn()
    #expect(!queue.isClear && queue.turnIsComplete)
  }

  @Test func `a reader gets all bytes in order, whoever writes them`() throws {
    let pipe = try Pipe()
    let end = pipe.writeEnd
    let runner = SinkRunner(
      target: "standard output", onChange: {},
      makeSink: { () throws(SinkError) in
        StreamSink(descriptor: end, target: "standard output", format: .raw)
      })
    let samples = noise(300_000)
    try pipe.startReading()
    // Larger than a pipe, and small; its thread sleeps between some of them.
    var start = 0
    for size in [10, 4000, 40_000, 100, 100_000, 1, 2400, 90_000, 2400, 2400] {
      runner.offer(Array(samples[start..<start + size]), rate: 24_000)
      start += size
      if size < 4000 { usleep(2000) }
    }
    runner.finish()
    runner.join()
    let expected = samples[..<start].flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    // Not the arrays: they are long.
    let isWhole = pipe.collect() == expected
    #expect(isWhole)
  }

  @Test func `a stream of bytes takes at once what the pipe has room for`() throws {
    let pipe = try Pipe()
    let sink = StreamSink(descriptor: pipe.writeEnd, target: "standard output", format: .raw)
    // The first write opens it.
    #expect(try sink.writeAtOnce(noise(100), rate: 24_000) == .nothing)
    try sink.write(noise(100), rate: 24_000)
    #expect(try sink.writeAtOnce(noise(100), rate: 24_000) == .all)
    #expect(try sink.writeAtOnce(noise(100), rate: 8000) == .nothing)
    #expect(try sink.writeAtOnce(noise(400_000), rate: 24_000) == .inHand)
    try pipe.startReading()
    try sink.flush()
    try sink.finish()
    #expect(pipe.collect().count == 2 * 400_200)
  }
}

/// Takes samples at once as often as it has answers for that, and then fails.
private final class HandySink: AudioSink {
  struct Call: Equatable, Sendable {
    let what: String
    let thread: UInt
  }

  let target = "test"
  private let told: Mailbox<Call>
  private var answers: [Taken]

  init(telling told: Mailbox<Call>, answers: [Taken]) {
    self.told = told
    self.answers = answers
  }

  private func tell(_ what: String) { told.post(Call(what: what, thread: UInt(pthread_self()))) }

  func writeAtOnce(_ samples: [Int16], rate: Int) throws(SinkError) -> Taken {
    guard !answers.isEmpty else { throw .failed(target: target, cause: "gone") }
    tell("at once")
    return answers.removeFirst()
  }

  func write(_ samples: [Int16], rate: Int) { tell("write") }
  func flush() { tell("flush") }
  func finish() { tell("finish") }
  func cut() {}
}
