import Testing

@testable import KugelAudio

@Suite struct PlaybackInstantTests {
  private static let step = Duration.milliseconds(1)

  /// When the device has played the first sample that is not silent, to the step.
  private func firstHeard(_ bench: PlaybackBench) -> ContinuousClock.Instant? {
    for _ in 0..<2000 {
      if bench.device.heard.contains(where: { $0 != 0 }) { return bench.now }
      bench.run(Self.step)
    }
    return nil
  }

  @Test(arguments: [0, 480, 2400])
  func `the moment at which a sample leaves the device is known before it comes`(
    latency: Int
  ) throws {
    let bench = PlaybackBench(SimulatedDevice(latency: latency))
    bench.run(.milliseconds(300))
    #expect(bench.playback.clock.instant(ofSeconds: 0) == nil)
    bench.offer(hum(12_000))
    bench.feed.turnIsComplete = true
    bench.run(Self.step)
    let foretold = try #require(bench.playback.clock.instant(ofSeconds: 0))
    let later = try #require(bench.playback.clock.instant(ofSeconds: 0.1))
    let heard = try #require(firstHeard(bench)) + .seconds(Double(latency) / 24_000)
    // The fade-in and the size of the step, and what the device rounds.
    #expect(abs((heard - foretold) / .milliseconds(1)) <= 2.5)
    #expect(abs((later - foretold) / .milliseconds(1) - 100) < 0.1)
    bench.run(.milliseconds(200))
    let told = try #require(bench.playback.clock.instant(ofSeconds: 0))
    #expect(abs((told - foretold) / .milliseconds(1)) <= 2.5)
    #expect(bench.playback.clock.instant(ofSeconds: 3) == nil)
  }
}
