import Synchronization

/// Says, from any thread, that a text is not wanted any more, while it is being made.
package final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var handler: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  package var isCancelled: Bool { state.withLock(\.isCancelled) }

  package func cancel() {
    let handler = state.withLock { state in
      state.isCancelled = true
      return state.handler.take()
    }
    handler?()
  }

  /// - Parameter handler: called once, at the cancel, or at once if that has been; nil for no more.
  package func onCancel(_ handler: (@Sendable () -> Void)?) {
    let isLate = state.withLock { state in
      state.handler = state.isCancelled ? nil : handler
      return state.isCancelled
    }
    if isLate { handler?() }
  }
}
