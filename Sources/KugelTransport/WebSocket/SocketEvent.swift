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
