import Glibc
import KugelSystem
import TestSupport
import Testing

@testable import KugelAudio

@Suite struct SinkRunnerTests {
  private let changes = Mailbox<Void>()

  private func runner(
    capacitySeconds: Double = 2,
    _ makeSink: @escaping @Sendable () throws(SinkError) -> any AudioSink
  ) -> SinkRunner {
    let changes = changes
    return SinkRunner(
      target: "test", capacitySeconds: capacitySeconds, onChange: { changes.post(()) },
      makeSink: makeSink)
  }

  @Test func `all that was offered reaches the file`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.wav")
    let runner = runner { () throws(SinkError) in try FileSink(path: path, format: .wav) }
    let samples = noise(200_000)
    for start in stride(from: 0, to: samples.count, by: 1000) {
      runner.offer(Array(samples[start..<start + 1000]), rate: 24_000)
    }
    runner.finish()
    runner.join()
    #expect(runner.state == .finished)
    #expect(runner.queuedSeconds == 0)
    #expect(try Sound(path).samples == samples)
  }

  @Test func `a file is given what has gathered, and the rest with the end of a turn`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.wav")
    let runner = runner { () throws(SinkError) in try FileSink(path: path, format: .wav) }
    runner.waitUntilOpen()
    let samples = noise(30_000)
    // More than half a second: it becomes low again, which is told once there was a second.
    for start in stride(from: 0, to: 24_000, by: 1000) {
      runner.offer(Array(samples[start..<start + 1000]), rate: 24_000)
    }
    while runner.queuedSeconds > 0.5 { usleep(100) }
    runner.offer(Array(samples[24_000...]), rate: 24_000)
    runner.endTurn()
    while runner.queuedSeconds > 0 { usleep(100) }
    runner.finish()
    runner.join()
    #expect(try Sound(path).samples == samples)
  }

  @Test func `one may wait until the sink is open, or has failed to`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.wav")
    let runner = runner { () throws(SinkError) in
      usleep(20_000)
      return try FileSink(path: path, format: .wav)
    }
    runner.waitUntilOpen()
    #expect(runner.state == .running)
    runner.cut()
    let failing = self.runner { () throws(SinkError) in
      usleep(20_000)
      throw SinkError.failed(target: "card", cause: "busy")
    }
    failing.waitUntilOpen()
    #expect(failing.state == .failed(.failed(target: "card", cause: "busy")))
  }

  @Test func `a sink that cannot be made is a failure`() {
    let error = SinkError.cannotCreate(target: "a.wav", cause: .exists)
    let runner = runner { () throws(SinkError) in throw error }
    runner.join()
    #expect(runner.state == .failed(error))
    runner.offer(noise(100), rate: 24_000)
    #expect(runner.queuedSeconds == 0)
    #expect(changes.count == 1)
  }

  @Test func `a failing sink is cut, and what follows is dropped`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.wav")
    let runner = runner { () throws(SinkError) in
      try FileSink(
        path: path, format: .wav, rate: nil, overwrite: false, settings: .init(room: 100_000))
    }
    for _ in 0..<10 { runner.offer(noise(24_000), rate: 24_000) }
    runner.join()
    #expect(runner.state == .failed(.failed(target: path, cause: "no space left on device")))
    #expect(runner.queuedSeconds == 0)
    #expect(try Sound(path).samples.count == 49_978)
  }

  @Test func `a reader who stops reading holds up neither the feeder nor a cut`() throws {
    let pipe = try Pipe()
    let end = pipe.writeEnd
    let runner = runner { () throws(SinkError) in
      StreamSink(descriptor: end, target: "standard output", format: .raw)
    }
    for _ in 0..<100 { runner.offer(noise(24_000), rate: 24_000) }
    #expect(runner.queuedSeconds > 90)
    #expect(runner.state == .running)
    runner.cut()
    runner.join()
    #expect(runner.state == .finished)
    #expect(runner.queuedSeconds == 0)
    close(end)
  }

  @Test func `the feeder hears that there is room again`() throws {
    let pipe = try Pipe()
    let end = pipe.writeEnd
    // Nothing is taken before all is offered: room is to be made once.
    let offered = Monitor(false)
    let runner = runner(capacitySeconds: 4) { () throws(SinkError) in
      offered.wait { $0 ? () : nil }
      return StreamSink(descriptor: end, target: "standard output", format: .raw)
    }
    for _ in 0..<40 { runner.offer(noise(2400), rate: 24_000) }
    offered.change { $0 = true }
    try pipe.startReading()
    _ = changes.take()
    #expect(runner.queuedSeconds < 2)
    #expect(runner.state == .running)
    runner.finish()
    runner.join()
    #expect(pipe.collect().count == 2 * 96_000)
  }

  @Test(.timeLimit(.minutes(1))) func `a runner that is forgotten cuts its sink and lets it go`()
    async throws
  {
    let told = Mailbox<String>()
    let changes = changes
    _ = runner { () throws(SinkError) in WatchedSink(telling: told) }
    let heard = try await onOwnThread {
      [told.take(), told.take()] + [changes.take() == nil ? "no change" : "a change"]
    }
    #expect(heard == ["cut", "gone", "a change"])
  }
}

/// Tells how it ends.
private final class WatchedSink: AudioSink {
  let target = "test"
  private let told: Mailbox<String>

  init(telling told: Mailbox<String>) { self.told = told }

  deinit { told.post("gone") }

  func write(_ samples: [Int16], rate: Int) {}
  func finish() { told.post("finished") }
  func cut() { told.post("cut") }
}
