import Synchronization

/// What waits for a sink and has not reached it; read by the sink's threads without a lock.
package final class SinkBacklog: Sendable {
  private let microseconds = Atomic(0)
  private let complete = Atomic(false)

  /// Seconds of sound.
  package var seconds: Double { Double(microseconds.load(ordering: .acquiring)) / 1e6 }

  /// Everything of the turn has been offered.
  package var turnIsComplete: Bool { complete.load(ordering: .acquiring) }

  func update(seconds: Double, turnIsComplete: Bool) {
    microseconds.store(Int(max(0, seconds) * 1e6), ordering: .releasing)
    complete.store(turnIsComplete, ordering: .releasing)
  }
}
