/// What a service hears while it answers.
package enum HTTPResponderEvent: Sendable, Equatable {
  /// The outgoing queue was above the mark, and has fallen to it.
  case drained
  /// The client is gone; what is written from now on goes nowhere.
  case disconnected
}

/// Answers one request, at once or bit by bit, from any thread. One that never answers leaves the
/// client waiting.
package final class HTTPResponder: Sendable {
  private let socket: LoopBound<ServerSocket>
  private let inbox: LoopInbox
  private let serial: Int

  init(_ socket: LoopBound<ServerSocket>, inbox: LoopInbox, serial: Int) {
    self.socket = socket
    self.inbox = inbox
    self.serial = serial
  }

  /// The whole answer. To HEAD, its body is left out.
  package func respond(_ response: HTTPResponse) {
    change { socket, answering in socket.send(response, for: &answering) }
  }

  /// Status and headers; the body follows in pieces.
  package func begin(_ status: Int, headers: HTTPHeaders = [:]) {
    change { socket, answering in socket.begin(status, headers, for: &answering) }
  }

  /// The next piece of a body begun with `begin`.
  package func write(_ bytes: [UInt8]) {
    change { socket, answering in socket.write(bytes, for: &answering) }
  }

  package func finish() {
    change { socket, answering in socket.finish(answering) }
  }

  /// Breaks the connection: the client notices that the answer is not whole.
  package func abort() {
    change { socket, _ in socket.abort() }
  }

  /// Hears of backpressure and of the client's leaving, on the loop's thread.
  package func observe(_ observer: @escaping @Sendable (HTTPResponderEvent) -> Void) {
    let (socket, serial) = (socket, serial)
    inbox.perform { _ in
      socket.use { socket in
        var isThere = false
        socket.answer(serial) {
          $0.observer = observer
          isThere = true
        }
        if !isThere { observer(.disconnected) }
      }
    }
  }

  /// Bytes written and not yet with the system. On the loop's thread only.
  package var pendingBytes: Int { socket.use { $0.queued } }

  private func change(
    _ body: @escaping @Sendable (ServerSocket, inout ServerSocket.Answering) -> Void
  ) {
    let (socket, serial) = (socket, serial)
    inbox.perform { _ in
      socket.use { socket in
        socket.answer(serial) { body(socket, &$0) }
      }
    }
  }
}
