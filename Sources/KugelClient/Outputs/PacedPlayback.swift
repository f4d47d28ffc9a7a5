import KugelAudio

/// A file or a pipe that takes the sound at its own pace: as with speakers there is something to hear
/// as it goes by, to be cut and to be held.
package final class PacedPlayback: Playback {
  private let runner: SinkRunner
  private let control: PaceControl
  /// Samples offered, and those among them that were dropped unheard.
  private var (offered, dropped) = (0, 0)

  /// - Parameters:
  ///   - runner: of a `PacedSink`; nobody else steers it.
  ///   - control: the sink's.
  package init(_ runner: SinkRunner, control: PaceControl) {
    self.runner = runner
    self.control = control
  }

  package var position: Int { dropped + control.passed }
  package var keptSeconds: Double? { control.seconds }
  package var queuedSeconds: Double { runner.queuedSeconds }
  package var state: SinkRunner.State { runner.state }

  package func offer(_ samples: [Int16], rate: Int) {
    offered += samples.count
    runner.offer(samples, rate: rate)
  }

  package func endTurn() { runner.endTurn() }

  package func silence() -> Int {
    let passed = control.silence { runner.hush() }
    let heard = dropped + passed
    dropped = offered - passed
    return heard
  }

  package func pause(_ paused: Bool) { control.pause(paused) }
  package func finish() { runner.finish() }
  package func cut() { runner.cut() }

  // Nobody hears a gap, or how loud it is.
  package var gaps: Int { 0 }
  package var cushion: Duration { .zero }
  package func textIsComplete(_ complete: Bool) {}
  package func setVolume(decibels: Double) {}
  package func waitForSilence(atMost patience: Duration) {}
  package func instant(ofSample sample: Int) -> ContinuousClock.Instant? { nil }
  package var deadline: ContinuousClock.Instant? { nil }
  package func tick(at now: ContinuousClock.Instant) {}
}
