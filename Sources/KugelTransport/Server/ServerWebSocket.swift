import Synchronization

/// A WebSocket that a client opened, for use from any thread.
package final class ServerWebSocket: Sendable {
  private let session: LoopBound<WebSocketServerSession>
  private let inbox: LoopInbox
  private let pending = Atomic<Int>(0)

  init(_ session: WebSocketServerSession, inbox: LoopInbox) {
    self.session = LoopBound(session, of: inbox)
    self.inbox = inbox
  }

  /// Bytes of frames sent and not yet with the system.
  package var pendingBytes: Int { pending.load(ordering: .relaxed) }

  /// Sends one text message; it must be UTF-8. Without effect once the end began.
  package func send(text: [UInt8]) {
    var frame: [UInt8] = []
    WebSocketWriter.append(.text, text, mask: nil, to: &frame)
    queue(frame)
  }

  package func send(text: String) {
    send(text: Array(text.utf8))
  }

  package func send(binary: [UInt8]) {
    var frame: [UInt8] = []
    WebSocketWriter.append(.binary, binary, mask: nil, to: &frame)
    queue(frame)
  }

  /// Ends with the closing handshake, after what was sent.
  package func close(code: UInt16 = 1000, reason: String = "") {
    use { $0.close(code, reason) }
  }

  /// Ends at once, without a further event: for clients that do not take what they asked for.
  package func abort() {
    use { $0.abort() }
  }

  /// Reads nothing from the client until `resumeReceiving`, pings and pongs included.
  package func pauseReceiving() {
    use { $0.pause() }
  }

  package func resumeReceiving() {
    use { $0.resume() }
  }

  func sent(_ count: Int) {
    pending.subtract(count, ordering: .relaxed)
  }

  func queue(_ frame: [UInt8]) {
    pending.add(frame.count, ordering: .relaxed)
    use { $0.send(frame) }
  }

  private func use(_ body: @escaping @Sendable (WebSocketServerSession) -> Void) {
    let session = session
    inbox.perform { _ in session.use(body) }
  }
}
