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
}

/// What happens on a WebSocket. Exactly one of `closed` and `failed` ends it.
package enum SocketEvent: Sendable, Equatable {
  /// The server agreed; headers of its answer, and how long the parts of connecting took.
  case opened(HTTPHeaders, took: ConnectTimings)
  /// One whole message, its UTF-8 checked.
  case text([UInt8])
  /// One whole message.
  case binary([UInt8])
  /// Everything sent so far is with the system.
  case drained
  /// Nothing had come for a while, so we asked for a sign of life.
  case pinged
  /// The closing handshake is done; nil when the peer gave no code, or answered ours with none.
  case closed(code: UInt16?, reason: String)
  case failed(TransportError)
}
