/// A WebSocket to open, and how to keep it.
package struct WebSocketRequest: Sendable {
  /// Where to, with which headers; method and body do not matter.
  package var request: ClientRequest
  /// A longer message is a violation with code 1009.
  package var maximumMessage: Int = 64 << 20
  /// Nil sends no pings, and notices no dead peer.
  package var pingInterval: Duration? = .seconds(15)
  /// How long nothing at all may come after a ping.
  package var pongTimeout: Duration = .seconds(15)
  /// How long to wait for the peer's half of the closing handshake.
  package var closeTimeout: Duration = .seconds(5)
  /// Bytes of messages to read ahead and keep while paused, so that pings among them are answered.
  package var pausedReadAhead: Int = 256 * 1024

  package init(_ request: ClientRequest) {
    self.request = request
  }

  var limits: WebSocketLimits {
    // What we send does not follow from what comes, but for pongs, of which one waits at most. So a
    // service that reads nothing until it has spoken still gets to speak.
    WebSocketLimits(
      pingInterval: pingInterval, pongTimeout: pongTimeout, closeTimeout: closeTimeout,
      readAhead: pausedReadAhead, drainMark: 0, unsentMark: nil)
  }
}
