/// A WebSocket that a client opened, for use from any thread.
package final class ServerWebSocket: Sendable {
  private let driver: LoopBound<WebSocketDriver>
  private let inbox: LoopInbox
  private let pending: ByteCount

  init(_ driver: WebSocketDriver, pending: ByteCount, inbox: LoopInbox) {
    self.driver = LoopBound(driver, of: inbox)
    self.pending = pending
    self.inbox = inbox
  }

  /// Bytes of frames sent and not yet with the system.
  package var pendingBytes: Int { pending.value }

  /// Sends one text message; it must be UTF-8. Without effect once the end began.
  package func send(text: [UInt8]) { send(.text, text) }
  package func send(text: String) { send(text: Array(text.utf8)) }
  package func send(binary: [UInt8]) { send(.binary, binary) }

  private func send(_ kind: WebSocketOpcode, _ payload: [UInt8]) {
    pending.add(WebSocketWriter.size(of: kind, payload, from: .service))
    use { $0.send(kind, payload) }
  }

  /// Ends with the closing handshake, after what was sent.
  package func close(code: UInt16 = 1000, reason: String = "") {
    use { $0.close(code, reason) }
  }

  /// Ends at once, without a further event: for clients that do not take what they asked for.
  package func abort() {
    use { $0.abandon() }
  }

  /// Reads nothing from the client until `resumeReceiving`, pings and pongs included.
  package func pauseReceiving() {
    use { $0.pause() }
  }

  package func resumeReceiving() {
    use { $0.resume() }
  }

  private func use(_ body: @escaping @Sendable (WebSocketDriver) -> Void) {
    let driver = driver
    inbox.perform { _ in driver.use(body) }
  }
}
