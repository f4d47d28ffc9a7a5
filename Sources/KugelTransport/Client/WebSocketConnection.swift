/// A WebSocket that we opened, for use from any thread.
///
/// Messages may be sent before `opened`: they wait. Letting go of it closes nothing.
package final class WebSocketConnection: Sendable {
  private let inbox: LoopInbox
  private let socket: Future<WebSocketClientSocket>

  /// Begins to open a WebSocket.
  ///
  /// - Parameters:
  ///   - caughtUp: called on the loop's thread behind messages, when all that came with them is told.
  ///   - handler: called on the loop's thread; it may send, pause and close.
  package init(
    _ request: WebSocketRequest, on loop: EventLoop,
    caughtUp: @escaping @Sendable () -> Void = {},
    handler: @escaping @Sendable (SocketEvent) -> Void
  ) {
    inbox = loop.inbox
    let socket = Future<WebSocketClientSocket>(inbox: loop.inbox)
    self.socket = socket
    let accepted = inbox.perform { core in
      let made = WebSocketClientSocket(request, core: core, caughtUp: caughtUp, handler: handler)
      socket.fulfil(made)
      made.start()
    }
    if !accepted { handler(.failed(loop.inbox.refusal)) }
  }

  /// Sends one text message; it must be UTF-8. Without effect once the end began.
  package func send(text: [UInt8]) {
    socket.use { $0.send(.text, text) }
  }

  package func send(text: String) {
    send(text: Array(text.utf8))
  }

  package func send(binary: [UInt8]) {
    socket.use { $0.send(.binary, binary) }
  }

  /// Delivers no messages until `resumeReceiving`. A little is read ahead, then nothing: the peer
  /// notices by flow control. A peer that waits for pongs meanwhile may give up.
  package func pauseReceiving() {
    socket.use { $0.pause() }
  }

  package func resumeReceiving() {
    socket.use { $0.resume() }
  }

  /// Ends with the closing handshake, after what was sent; at once where nothing is open yet.
  package func close(code: UInt16 = 1000, reason: String = "") {
    socket.use { $0.close(code: code, reason: reason) }
  }

  /// Ends at once: no handshake, no further event.
  package func abort() {
    socket.use { $0.abandon() }
  }
}
