/// What a peer did, as `WebSocketParser` tells it.
///
/// Messages are whole (fragments joined). Their bytes lie in the parser's or the caller's buffer and
/// may be used only until the handler returns.
@safe package enum WebSocketEvent {
  /// Valid UTF-8.
  case text(UnsafeRawBufferPointer)
  case binary(UnsafeRawBufferPointer)
  /// To be answered with a pong of the same payload.
  case ping([UInt8])
  case pong([UInt8])
  /// The peer ends the connection; nil when it gave no code. Nothing comes after it.
  case close(code: UInt16?, reason: String)
  /// The peer broke the rules: send a close with `code` and drop the connection. Nothing comes after
  /// it.
  case violation(code: UInt16, why: String)
}
