import Glibc
import KugelAudio

/// The speakers of a run: the player on its thread, and the control of it.
package final class DevicePlayback: Playback {
  /// For whoever shows how it goes.
  package let control: PlaybackControl
  private let runner: SinkRunner
  private let channels: Int
  private var rate = 24_000
  /// Samples offered.
  private var offered = 0
  /// Those of them that were offered before the last hush, which are over; and how many hushes there were.
  private var (passed, hushes) = (0, 0)

  /// - Parameters:
  ///   - device: an ALSA name; opened at once.
  ///   - channels: interleaved in what is offered; every channel's samples count.
  ///   - capacity: seconds of sound that may wait.
  ///   - onChange: called on another thread when the state or the room in the queue changes.
  package init(
    device: String, channels: Int = 1, control: PlaybackControl, capacity: Double,
    onChange: @escaping @Sendable () -> Void
  ) {
    self.control = control
    self.channels = channels
    runner = SinkRunner(
      target: device, capacitySeconds: capacity, channels: channels, onChange: onChange
    ) { () throws(SinkError) in
      try Player(device: device, channels: channels, playback: control)
    }
  }

  package var position: Int {
    min(offered, passed + control.clock.heardSamples(rate: rate, after: hushes) * channels)
  }

  package var queuedSeconds: Double { runner.queuedSeconds }
  package var state: SinkRunner.State { runner.state }
  package var hasStopped: Bool { control.status.phase == .ended }
  package var gaps: Int { control.status.gaps }
  package var cushion: Duration { control.status.cushion }

  package func offer(_ samples: [Int16], rate: Int) {
    self.rate = rate
    offered += samples.count
    runner.offer(samples, rate: rate)
  }

  package func endTurn() { runner.endTurn() }

  /// Returns when the device is open, or has failed to; see `state`.
  package func waitUntilOpen() { runner.waitUntilOpen() }

  package func instant(ofSample sample: Int) -> ContinuousClock.Instant? {
    control.clock.instant(
      ofSeconds: Double((sample - passed) / channels) / Double(rate), after: hushes)
  }

  package func textIsComplete(_ complete: Bool) { control.textIsComplete = complete }

  package func silence() -> Int {
    let heard = position
    passed = offered
    runner.hush()
    hushes = control.hushCount
    return heard
  }

  package func pause(_ paused: Bool) {
    if paused { control.pause() } else { control.resume() }
  }

  package func waitForSilence(atMost patience: Duration) {
    let end = ContinuousClock.now + patience
    while runner.state == .running, control.status.phase != .paused, control.status.phase != .ended,
      ContinuousClock.now < end
    {
      usleep(2000)
    }
  }

  package func setVolume(decibels: Double) { control.volume = decibels }
  package func finish() { runner.finish() }
  package func cut() { runner.cut() }

  package var deadline: ContinuousClock.Instant? { nil }
  package func tick(at now: ContinuousClock.Instant) {}
}
