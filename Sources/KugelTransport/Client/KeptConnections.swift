import Synchronization

/// Connections to one server that wait for their next request: name, TCP and TLS are paid for once. For
/// use from any thread; all requests of one are alike in server, trust and route.
package final class KeptConnections: Sendable {
  private struct State {
    var resting: [LoopBound<HTTPClientSocket>] = []
    var isClosed = false
  }

  private let inbox: LoopInbox
  /// How long one waits. Servers often hang up after 5 seconds, and are heard doing so.
  let patience: Duration
  private let state = Mutex(State())

  package init(on loop: EventLoop, patience: Duration = .seconds(30)) {
    inbox = loop.inbox
    self.patience = patience
  }

  deinit { close() }

  /// Ends those that wait, and keeps no more.
  package func close() {
    let resting = state.withLock { state in
      defer { state = State(isClosed: true) }
      return state.resting
    }
    guard !resting.isEmpty else { return }
    inbox.perform { _ in for socket in resting { socket.use { $0.end() } } }
  }

  // MARK: On the loop's thread

  /// The one that rested last: it is the most likely to be there still.
  func take() -> HTTPClientSocket? {
    while let bound = state.withLock({ $0.resting.popLast() }) {
      let socket = bound.use { $0 }
      if socket.phase == .resting { return socket }
    }
    return nil
  }

  /// - Returns: whether it is kept.
  func keep(_ socket: HTTPClientSocket) -> Bool {
    let bound = LoopBound(socket, of: inbox)
    return state.withLock { state in
      guard !state.isClosed else { return false }
      state.resting.removeAll { $0.use { $0.phase != .resting } }
      state.resting.append(bound)
      return true
    }
  }
}
