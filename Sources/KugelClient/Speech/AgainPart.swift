import KugelFloor
import KugelSystem

/// The part of a run that plays what was said before.
package final class AgainPart: RunPart {
  private let run: Run
  private let sound: LastSound
  private var next: Int
  private var isDone = false

  /// Blocks until it is played, or given up.
  package static func perform(
    _ sound: LastSound, in setup: RunSetup
  ) throws(ThreadError) -> RunOutcome {
    let run = try Run(setup)
    run.perform(AgainPart(run, sound))
    return run.outcome
  }

  private init(_ run: Run, _ sound: LastSound) {
    self.run = run
    self.sound = sound
    next = sound.title.samples.lowerBound
  }

  package var descriptor: CInt { -1 }
  package var deadline: ContinuousClock.Instant? { nil }
  package var hasSaidAll: Bool { isDone }
  package var isOver: Bool { isDone }
  package var isBusy: Bool { !isDone }
  package var wantsPosition: Bool { false }

  package func begin() {
    run.title = sound.title.text
    run.outputs.textIsComplete(true)
  }

  package func work() {
    let (title, start) = (sound.title, sound.title.samples.lowerBound)
    while !isDone, !run.outputs.isHeld {
      let piece = sound.read(from: next, count: title.rate * title.channels)
      guard !piece.isEmpty else { return finish() }
      run.play(piece, rate: title.rate)
      if next == start {
        // The rate is known from now on.
        for mark in title.marks where mark >= start {
          run.outputs.markSentence(at: Double((mark - start) / title.channels) / Double(title.rate))
        }
      }
      next += piece.count
    }
  }

  private func finish() {
    guard !isDone else { return }
    isDone = true
    run.waitForNobody()
    run.outputs.endTurn()
    run.outputs.finish()
  }

  package func cancel() { finish() }
  package func giveUp() { finish() }

  package func ready(at now: ContinuousClock.Instant) {}
  package func tick(at now: ContinuousClock.Instant) {}
  package func hold(_ held: Bool) {}
  package func forgive() {}
  package func played(_ position: Int, at now: ContinuousClock.Instant) {}
  package func silenced(at position: Int, now: ContinuousClock.Instant) {}
  package func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {}
  package func take(_ signal: RunSignal, at now: ContinuousClock.Instant) -> Bool { false }
  package func leave() {}
}
