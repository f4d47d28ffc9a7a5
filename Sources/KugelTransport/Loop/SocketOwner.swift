import CWebSockets

/// Whatever a socket of the loop reports to. Lives on the loop's thread.
///
/// The loop keeps it from `attach` until libwebsockets destroys the socket (`destroyed`), the only
/// end that every way of ending leads to.
@safe class SocketOwner {
  final unowned let core: LoopCore
  final var wsi: OpaquePointer?

  init(core: LoopCore) {
    self.core = core
  }

  /// What to pass to libwebsockets as the socket's opaque pointer.
  final var opaque: UnsafeMutableRawPointer {
    unsafe Unmanaged.passUnretained(self).toOpaque()
  }

  /// One callback of libwebsockets. A negative result closes the socket.
  func handle(
    _ reason: lws_callback_reasons, _ data: UnsafeMutableRawPointer?, _ count: Int
  ) -> CInt {
    0
  }

  /// The socket is gone; called once, and nothing after it.
  func destroyed() {}

  /// The loop ends: say so to whoever listens. `destroyed` follows.
  func loopWillStop() {}

  /// Asks for a chance to write.
  final func wantWrite() {
    core.wantsToWrite = true
    if let wsi = unsafe wsi { unsafe lws_callback_on_writable(wsi) }
  }

  /// Ends the socket soon, without waiting for what is not yet sent.
  ///
  /// Never from within: libwebsockets may be in the middle of it.
  final func kill() {
    if let wsi = unsafe wsi {
      unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC)
    }
  }

  final func noTimeout() {
    if let wsi = unsafe wsi { unsafe lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0) }
  }
}

/// The one callback of the one protocol: finds the owner and passes the event on.
func loopCallback(
  wsi: OpaquePointer?, reason: lws_callback_reasons, user: UnsafeMutableRawPointer?,
  data: UnsafeMutableRawPointer?, count: Int
) -> CInt {
  switch reason {
  case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ, LWS_CALLBACK_RECEIVE_CLIENT_HTTP,
    LWS_CALLBACK_CLIENT_HTTP_WRITEABLE, LWS_CALLBACK_RAW_RX, LWS_CALLBACK_RAW_WRITEABLE,
    LWS_CALLBACK_RAW_RX_FILE, LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER,
    LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP, LWS_CALLBACK_COMPLETED_CLIENT_HTTP,
    LWS_CALLBACK_CLIENT_CONNECTION_ERROR, LWS_CALLBACK_WSI_CREATE:
    guard let owner = unsafe owner(of: wsi) else { return 0 }
    // Callbacks come before the call that makes the socket returns it.
    unsafe owner.wsi = wsi
    return unsafe owner.handle(reason, data, count)
  case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
    guard let owner = unsafe owner(of: wsi) else { return 1 }
    return unsafe owner.handle(reason, user, count)
  case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
    // With several listeners, each keeps to its own certificate.
    if let tls = unsafe user { unsafe kugel_tls_forget_server_names(OpaquePointer(tls)) }
    return 0
  case LWS_CALLBACK_WSI_DESTROY:
    guard let owner = unsafe owner(of: wsi) else { return 0 }
    unsafe lws_set_opaque_user_data(wsi, nil)
    unsafe owner.wsi = nil
    owner.core.release(owner)
    owner.destroyed()
    return 0
  default:
    return 0
  }
}

private func owner(of wsi: OpaquePointer?) -> SocketOwner? {
  guard let opaque = unsafe lws_get_opaque_user_data(wsi) else { return nil }
  return unsafe Unmanaged<SocketOwner>.fromOpaque(opaque).takeUnretainedValue()
}
