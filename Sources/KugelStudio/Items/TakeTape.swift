import KugelAudio
import KugelClient
import KugelJobs

/// Keeps the sound of a take until it is judged. Nothing is played: what comes is heard.
final class TakeTape: Playback {
  private var frames: [(samples: [Int16], rate: Int)] = []
  private(set) var position = 0
  private(set) var state = SinkRunner.State.running

  /// What came since the last call, at the rate of its first sample.
  ///
  /// - Returns: rate 0 when nothing came.
  func take() -> (samples: [Int16], rate: Int) {
    defer { frames = [] }
    guard let rate = frames.first?.rate else { return ([], 0) }
    guard frames.count > 1 else { return frames[0] }
    var samples: [Int16] = []
    samples.reserveCapacity(frames.reduce(0) { $0 + $1.samples.count })
    for frame in frames where frame.rate == rate { samples += frame.samples }
    return (samples, rate)
  }

  func offer(_ samples: [Int16], rate: Int) {
    guard !samples.isEmpty else { return }
    frames.append((samples, rate))
    position += samples.count
  }

  func silence() -> Int { position }
  func finish() { state = .finished }
  func cut() { state = .finished }

  var gaps: Int { 0 }
  var cushion: Duration { .zero }
  var queuedSeconds: Double { 0 }
  var deadline: ContinuousClock.Instant? { nil }
  func instant(ofSample sample: Int) -> ContinuousClock.Instant? { nil }
  func endTurn() {}
  func textIsComplete(_ complete: Bool) {}
  func pause(_ paused: Bool) {}
  func waitForSilence(atMost patience: Duration) {}
  func setVolume(decibels: Double) {}
  func tick(at now: ContinuousClock.Instant) {}
}
