import Foundation
import KugelEngine
import Testing

@testable import KugelAudio

/// The real ALSA code on a device that plays in time. `KUGEL_SOUND_SECONDS=60` makes the texts long.
@Suite(
  .serialized,
  .enabled(
    if: SoundServer.isInstalled,
    "needs the Debian packages pulseaudio, pulseaudio-utils and libasound2-plugins"))
struct PacedSoundTests {
  private static var seconds: Double {
    ProcessInfo.processInfo.environment["KUGEL_SOUND_SECONDS"].flatMap { Double($0) } ?? 2
  }

  /// Repeats nowhere within reach, and is never silent.
  private func hum(seconds: Double) -> [Int16] {
    var state: UInt32 = 1
    return (0..<Int(seconds * 24_000)).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      let value = Int16(truncatingIfNeeded: state >> 17) / 4
      return value == 0 ? 1 : value
    }
  }

  private func fadedIn(_ samples: [Int16]) -> [Int16] {
    var copy = samples
    var loudness = Loudness(rate: 24_000, decibels: 0)
    loudness.beginFade()
    loudness.apply(to: &copy, count: copy.count)
    return copy
  }

  private func player(on server: SoundServer) -> (SinkRunner, PlaybackControl) {
    var settings = PlaybackSettings()
    settings.cushion = PlaybackSettings.remoteCushion
    let control = PlaybackControl(settings: settings)
    control.textIsComplete = true
    unsafe setenv("PULSE_SERVER", server.address, 1)
    let runner = SinkRunner(target: SoundServer.device, onChange: {}) { () throws(SinkError) in
      try Player(device: SoundServer.device, playback: control)
    }
    return (runner, control)
  }

  /// Frames of 40 ms, in bursts: each up to `jitter` late.
  private func feed(_ runner: SinkRunner, _ samples: [Int16], jitter: Duration) {
    let start = ContinuousClock.now
    let frames = stride(from: 0, to: samples.count, by: 960)
    let period = Int(jitter / .milliseconds(40)) + 1
    for (index, from) in frames.enumerated() {
      let late = jitter * Double(period - 1 - index % period) / Double(max(1, period - 1))
      let due = start + .milliseconds(40 * index) + late
      let left = (due - .now) / .microseconds(1)
      if left > 0 { usleep(UInt32(left)) }
      runner.offer(Array(samples[from..<min(from + 960, samples.count)]), rate: 24_000)
    }
    runner.finish()
    runner.join()
  }

  @Test func `frames up to 100 ms late are heard whole and without a gap`() throws {
    let server = try SoundServer()
    let (runner, control) = player(on: server)
    let samples = hum(seconds: Self.seconds)
    feed(runner, samples, jitter: .milliseconds(90))
    #expect(runner.state == .finished)
    #expect(control.status.gaps == 0)
    let heard = server.heard()
    #expect(heard.count == samples.count)
    #expect(heard == fadedIn(samples))
  }

  @Test func `frames up to 400 ms late break the sound; nothing is lost, and it heals`() throws {
    let server = try SoundServer()
    let (runner, control) = player(on: server)
    let samples = hum(seconds: Self.seconds)
    feed(runner, samples, jitter: .milliseconds(400))
    #expect(runner.state == .finished)
    #expect(control.status.gaps > 0)
    #expect(control.status.cushion > PlaybackSettings.remoteCushion)
    let heard = server.heard()
    // Each start fades in; a few of the faintest samples become silent.
    #expect(abs(heard.filter { $0 != 0 }.count - samples.count) < 10 * control.status.gaps + 10)
    #expect(heard.suffix(480) == samples.suffix(480))
  }

  @Test func `a cut leaves at most 50 ms to be heard`() throws {
    let server = try SoundServer()
    let (runner, control) = player(on: server)
    runner.offer(hum(seconds: 20), rate: 24_000)
    usleep(1_000_000)
    let before = control.clock.heardSamples(rate: 24_000)
    runner.cut()
    runner.join()
    #expect(before > 6000)
    let heard = server.heard()
    #expect(heard.count - before <= 1200, "\(heard.count - before) samples after the cut")
  }

  @Test func `a sentence is heard from its first word to its last sample, and kept`() throws {
    let server = try SoundServer()
    let scratch = try Scratch()
    let running = try Running(
      [
        "say", "-e", "tone", "-a", SoundServer.device, "--play", "-o", scratch.path("a.raw"),
        "Hello world.",
      ], environment: server.environment)
    running.closeInput()
    let result = running.wait()
    #expect(result.status == 0)
    #expect(result.talk == "")
    let bytes = try scratch.data("a.raw")
    #expect(try bytes == toneBytes("Hello world."))
    let samples = stride(from: 0, to: bytes.count, by: 2).map {
      Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
    }
    #expect(server.heard() == fadedIn(samples).sounding)
  }
}
