import KugelCore
import Synchronization

/// How much audio of a connection was made that its client has not taken: counted on the engine's
/// thread as it is made, on the loop's thread as it leaves.
final class Backlog: Sendable {
  private struct State {
    /// Samples made, of which the loop has not heard.
    var unheard = 0
    /// Hz of what the engine makes.
    var rate = 24_000
    /// Seconds that wait for the client.
    var waiting = 0.0
    var isHeld = false

    var seconds: Double { Double(unheard) / Double(rate) + waiting }
  }

  private let limit: Double
  private let state = Mutex(State())

  /// - Parameter limit: seconds.
  init(limit: Double) { self.limit = limit }

  func setRate(_ rate: Int) { state.withLock { $0.rate = rate } }

  /// The engine made something. Returns whether it is to make no more for now.
  func made(_ news: EngineNews) -> Bool {
    guard case .samples(let samples) = news else { return false }
    return state.withLock { state in
      state.unheard += samples.count
      guard state.seconds > limit else { return false }
      state.isHeld = true
      return true
    }
  }

  /// The loop heard of it; `update` follows.
  func heard(_ news: EngineNews) {
    guard case .samples(let samples) = news else { return }
    state.withLock { $0.unheard -= samples.count }
  }

  /// What waits for the client now. Returns whether the engine is to be held or let go; nil when
  /// nothing changes.
  func update(waiting seconds: Double) -> Bool? {
    state.withLock { state in
      state.waiting = seconds
      let isFull = state.seconds > limit
      guard isFull != state.isHeld else { return nil }
      state.isHeld = isFull
      return isFull
    }
  }
}
