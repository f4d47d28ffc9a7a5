import KugelAudio
import KugelCore

/// The sinks of one run, independent of one another: a broken one ends itself, not the others.
final class OutputSet {
  private var running: [SinkRunner]
  private(set) var errors: [SinkError] = []
  private let capacity: Double
  private(set) var isHeld = false

  /// - Parameter capacity: seconds of audio that may wait for the slowest sink.
  init(_ runners: [SinkRunner], capacity: Double) {
    running = runners
    self.capacity = capacity
  }

  /// No sink is left to write to or to wait for.
  var isEmpty: Bool { running.isEmpty }

  func play(_ frame: AudioFrame) {
    for runner in running { runner.offer(frame.samples, rate: frame.rate) }
    isHeld = queuedSeconds > capacity
  }

  func finish() { for runner in running { runner.finish() } }

  func cut() { for runner in running { runner.cut() } }

  /// Looks at the sinks again; call it after any of them reported a change.
  func update() {
    running.removeAll { runner in
      switch runner.state {
      case .running: return false
      case .finished: return true
      case .failed(let error):
        errors.append(error)
        return true
      }
    }
    // A little below the mark, so that reading does not stop and go with every frame.
    if isHeld { isHeld = queuedSeconds > capacity * 0.9 }
  }

  private var queuedSeconds: Double { running.map(\.queuedSeconds).max() ?? 0 }
}
