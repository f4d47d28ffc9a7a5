import KugelServiceCore
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
    var hold: (@Sendable (Bool) -> Void)?

    var seconds: Double { Double(unheard) / Double(rate) + waiting }
  }

  private let limit: Double
  private let state = Mutex(State())

  /// - Parameter limit: seconds.
  init(limit: Double) { self.limit = limit }

  /// - Parameter hold: called with true when too much was made, and with false when no more; on either
  ///   thread.
  func attach(hold: @escaping @Sendable (Bool) -> Void) { state.withLock { $0.hold = hold } }

  func setRate(_ rate: Int) { state.withLock { $0.rate = rate } }

  /// The engine made something.
  func made(_ news: EngineNews) {
    guard case .samples(let samples) = news else { return }
    state.withLock { state in
      state.unheard += samples.count
      decide(&state)
    }
  }

  /// The loop heard of it; `update` follows.
  func heard(_ news: EngineNews) {
    guard case .samples(let samples) = news else { return }
    state.withLock { $0.unheard -= samples.count }
  }

  /// What waits for the client now.
  func update(waiting seconds: Double) {
    state.withLock { state in
      state.waiting = seconds
      decide(&state)
    }
  }

  private func decide(_ state: inout State) {
    let isFull = state.seconds > limit
    guard isFull != state.isHeld, let hold = state.hold else { return }
    state.isHeld = isFull
    // With the lock held, so that two threads cannot tell the worker in another order.
    hold(isFull)
  }
}
