import KugelSystem
import Testing

@testable import KugelAudio

@Suite struct PacedSinkTests {
  /// Keeps what it is given.
  private final class Tape: AudioSink {
    let target = "tape"
    let samples: Monitor<[Int16]>

    init(_ samples: Monitor<[Int16]>) { self.samples = samples }

    func write(_ more: [Int16], rate: Int) { samples.change { $0 += more } }
    func finish() {}
    func cut() {}
  }

  private let samples = Monitor<[Int16]>([])
  private let control = PaceControl()

  private func runner(channels: Int = 1) -> SinkRunner {
    SinkRunner(
      target: "tape", channels: channels, onChange: {},
      makeSink: { [samples, control] in
        PacedSink(Tape(samples), channels: channels, control: control)
      })
  }

  private var taken: [Int16] { samples.withLock { $0 } }

  @Test func `a frame passes unless it is held or dropped`() {
    #expect(control.claim(480, seconds: 0.02) == .passes)
    control.pause(true)
    #expect(control.claim(480, seconds: 0.02) == .waits)
    control.pause(false)
    #expect(control.claim(480, seconds: 0.02) == .passes)
    let heard = control.silence {
      #expect(control.claim(480, seconds: 0.02) == .waits)
      control.hush()
    }
    #expect(heard == 960)
    #expect(control.claim(480, seconds: 0.02) == .isDropped)
    control.wasHushed()
    #expect(control.claim(480, seconds: 0.02) == .passes)
    control.cut()
    #expect(control.claim(480, seconds: 0.02) == .isDropped)
    #expect(control.passed == 1440)
    #expect(abs(control.seconds - 0.06) < 1e-9)
  }

  @Test func `silence drops what has not passed, to the sample, and what follows is new`() {
    let runner = runner(channels: 2)
    let (first, second) = (noise(2 * 240_000), noise(2 * 300))
    runner.offer(first, rate: 24_000)
    samples.wait { $0.isEmpty ? nil : () }
    let heard = control.silence { runner.hush() }
    runner.offer(second, rate: 24_000)
    runner.finish()
    runner.join()
    #expect(heard > 0 && heard < first.count)
    #expect(taken == Array(first.prefix(heard)) + second)
    #expect(control.passed == taken.count)
  }

  @Test func `what is held goes on where it was`() {
    let runner = runner()
    let sound = noise(1000)
    control.pause(true)
    runner.offer(sound, rate: 24_000)
    runner.finish()
    runner.waitUntilOpen()
    #expect(taken == [] && control.passed == 0)
    control.pause(false)
    runner.join()
    #expect(taken == sound)
  }

  @Test func `a cut ends what is held`() {
    let runner = runner()
    control.pause(true)
    runner.offer(noise(1000), rate: 24_000)
    runner.waitUntilOpen()
    runner.cut()
    runner.join()
    #expect(taken == [] && runner.state == .finished)
  }
}
