import KugelAudio
import KugelSystem
import Testing

@testable import KugelClient

/// A file that takes the sound at its own pace, among a run's outputs.
@Suite struct PacedPlaybackTests {
  private let samples = Monitor<[Int16]>([])
  private let control = PaceControl()
  private let outputs: OutputSet
  private let runner: SinkRunner
  private let sound = (0..<480_000).map { Int16(truncatingIfNeeded: $0) }

  init() { self.init(failsAfter: .max) }

  private init(failsAfter limit: Int) {
    runner = SinkRunner(
      target: "memory", onChange: {},
      makeSink: { [samples, control] in
        PacedSink(CollectingSink(samples, failsAfter: limit), control: control)
      })
    outputs = OutputSet([], playback: PacedPlayback(runner, control: control), capacity: 5)
  }

  @Test func `offered is not heard, and what passed is`() {
    outputs.pause(true)
    // In pieces, as a sink that has taken the only one leaves nothing to wait for.
    for start in stride(from: 0, to: sound.count, by: 4800) {
      outputs.play(Array(sound[start..<start + 4800]), rate: 24_000)
    }
    #expect(outputs.plays && outputs.isHeld && !outputs.isQuiet)
    #expect(outputs.position == 0 && outputs.writtenSeconds == 0)
    #expect(outputs.silence() == 0)
    #expect(!outputs.isHeld)
    // What was dropped counts as passed.
    #expect(outputs.position == sound.count)
    outputs.pause(false)
    outputs.play(Array(sound.prefix(480)), rate: 24_000)
    outputs.finish()
    runner.join()
    outputs.update()
    #expect(outputs.isEmpty && outputs.errors.isEmpty)
    #expect(outputs.position == outputs.offered)
    #expect(samples.withLock { $0 } == Array(sound.prefix(480)))
    #expect(outputs.writtenSeconds == 0.02)
  }

  @Test func `a cut leaves what had passed`() {
    outputs.play(sound, rate: 24_000)
    samples.wait { $0.isEmpty ? nil : () }
    let heard = outputs.silence()
    outputs.cut()
    runner.join()
    outputs.update()
    #expect(heard > 0 && heard < sound.count)
    #expect(samples.withLock { $0 } == Array(sound.prefix(heard)))
    #expect(abs(outputs.writtenSeconds - Double(heard) / 24_000) < 1e-6)
  }

  @Test func `where nobody takes the rest it was not heard`() {
    let test = Self(failsAfter: 480)
    test.outputs.play(test.sound, rate: 24_000)
    test.runner.join()
    test.outputs.update()
    #expect(test.outputs.isDeaf && test.outputs.isBrokenOff && test.outputs.isQuiet)
    #expect(test.outputs.errors == [.failed(target: "memory", cause: "full")])
    #expect(test.outputs.position < 2000)
    #expect(test.outputs.silence() == test.outputs.position)
  }
}
