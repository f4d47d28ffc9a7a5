import Glibc
import KugelAudio

/// Speakers over any sink: feeds it a little ahead of what can have been heard, so that a pause and
/// silence take effect soon.
///
/// What has been heard is what the sink has taken, but no more than time has allowed.
package final class SinkPlayback: Playback {
  /// Seconds that the sink is fed ahead.
  private static let ahead = 0.3
  private static let period = Duration.milliseconds(40)

  private let makeRunner: () -> SinkRunner
  private var runner: SinkRunner?
  private var pending: [(samples: [Int16], rate: Int)] = []
  private var pendingSeconds = 0.0
  /// Samples offered, given to the sink, and heard.
  private var offered = 0
  private var fed = 0
  private var heard = 0.0
  private var heardAt: ContinuousClock.Instant
  private var rate = 24_000
  private let channels: Int
  private var isPaused = false
  private var isFinishing = false
  private var isOver = false
  private var gain: Float = 1

  /// - Parameters:
  ///   - channels: interleaved in what is offered; every channel's samples count.
  ///   - makeRunner: a sink, open; called again after each silence.
  package init(channels: Int = 1, makeRunner: @escaping () -> SinkRunner) {
    self.channels = channels
    self.makeRunner = makeRunner
    heardAt = .now
    // The device is opened while there is nothing to play yet.
    runner = makeRunner()
  }

  package var queuedSeconds: Double { pendingSeconds + (runner?.queuedSeconds ?? 0) }

  package var state: SinkRunner.State {
    if isOver { return .finished }
    return runner?.state ?? .running
  }

  package var position: Int {
    catchUp(at: .now)
    return Int(heard)
  }

  package func offer(_ samples: [Int16], rate: Int) {
    guard !samples.isEmpty, !isFinishing, !isOver else { return }
    catchUp(at: .now)
    pending.append((samples, rate))
    pendingSeconds += Double(samples.count) / Double(rate * channels)
    offered += samples.count
    feed()
  }

  package func silence() -> Int {
    catchUp(at: .now)
    let position = Int(heard)
    runner?.cut()
    runner = nil
    (pending, pendingSeconds) = ([], 0)
    fed = offered
    heard = Double(offered)
    return position
  }

  package func pause(_ paused: Bool) {
    catchUp(at: .now)
    isPaused = paused
    if paused {
      takeBack()
    } else {
      feed()
    }
  }

  package func setVolume(decibels: Double) { gain = Float(pow(10, decibels / 20)) }

  package func finish() {
    isFinishing = true
    finishIfFed()
  }

  package func cut() {
    isOver = true
    (pending, pendingSeconds) = ([], 0)
    runner?.cut()
  }

  package var deadline: ContinuousClock.Instant? {
    isOver || isPaused || pending.isEmpty ? nil : heardAt + Self.period
  }

  package func tick(at now: ContinuousClock.Instant) {
    catchUp(at: now)
    feed()
  }

  private func catchUp(at now: ContinuousClock.Instant) {
    defer { heardAt = now }
    guard !isPaused else { return }
    let second = Double(rate * channels)
    let taken = Double(fed) - (runner?.queuedSeconds ?? 0) * second
    heard = max(heard, min(heard + (now - heardAt) / .seconds(1) * second, taken))
  }

  /// What the sink was given and nobody heard is played again when the pause is over.
  private func takeBack() {
    let unheard = fed - Int(heard) / channels * channels
    guard unheard > 0, let runner else { return }
    runner.cut()
    self.runner = nil
    let kept = history.suffix(unheard)
    pending.insert((Array(kept), rate), at: 0)
    pendingSeconds += Double(kept.count) / Double(rate * channels)
    fed -= kept.count
    history = []
  }

  /// The last samples given to the sink, as they were offered.
  private var history: [Int16] = []

  private func feed() {
    while !isPaused, let piece = pending.first,
      Double(fed) - heard < Self.ahead * Double(rate * channels)
    {
      if piece.rate != rate {
        rate = piece.rate
        history = []
      }
      let part = Array(piece.samples.prefix(rate / 10 * channels))
      if part.count == piece.samples.count {
        pending.removeFirst()
      } else {
        pending[0].samples.removeFirst(part.count)
      }
      pendingSeconds =
        pending.isEmpty ? 0 : pendingSeconds - Double(part.count) / Double(rate * channels)
      fed += part.count
      history = history.suffix(rate * channels) + part
      let open = runner ?? makeRunner()
      runner = open
      open.offer(amplified(part), rate: rate)
    }
    finishIfFed()
  }

  private func finishIfFed() {
    guard isFinishing, pending.isEmpty, !isPaused else { return }
    if let runner { runner.finish() } else { isOver = true }
  }

  private func amplified(_ samples: [Int16]) -> [Int16] {
    guard gain != 1 else { return samples }
    return samples.map { Int16(max(-32_768, min(32_767, (Float($0) * gain).rounded()))) }
  }
}
