import KugelAudio

@testable import KugelClient

/// Speakers that play what they get so much later, without a pause, on a fake clock.
final class FakeSpeakers: Playback {
  private let clock: FakeClock
  private let latency: Duration
  private(set) var offered = 0
  private(set) var silences = 0
  private(set) var endedTurns = 0
  var state = SinkRunner.State.running
  /// When each stretch begins to be heard.
  private var stretches: [(first: Int, count: Int, at: ContinuousClock.Instant, rate: Int)] = []

  init(clock: FakeClock, latency: Duration) {
    self.clock = clock
    self.latency = latency
  }

  func offer(_ samples: [Int16], rate: Int) {
    let last = stretches.last.map { $0.at + .seconds(Double($0.count) / Double($0.rate)) }
    let begin = max(clock.now + latency, last ?? clock.now)
    stretches.append((offered, samples.count, begin, rate))
    offered += samples.count
  }

  func endTurn() { endedTurns += 1 }

  func silence() -> Int {
    silences += 1
    stretches = []
    return offered
  }

  // What a measurement does not ask for.
  let gaps = 0
  let cushion = Duration.zero
  let queuedSeconds = 0.0
  let deadline: ContinuousClock.Instant? = nil
  var position: Int { offered }
  func textIsComplete(_ complete: Bool) {}
  func pause(_ paused: Bool) {}
  func waitForSilence(atMost patience: Duration) {}
  func setVolume(decibels: Double) {}
  func finish() {}
  func cut() {}
  func tick(at now: ContinuousClock.Instant) {}

  func instant(ofSample sample: Int) -> ContinuousClock.Instant? {
    guard let stretch = stretches.last(where: { $0.first <= sample }),
      sample < stretch.first + stretch.count
    else { return nil }
    return stretch.at + .seconds(Double(sample - stretch.first) / Double(stretch.rate))
  }
}
