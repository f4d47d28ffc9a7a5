import CWebSockets

extension ClientRequest {
  /// Has libwebsockets connect and ask; nil when it could not even begin.
  ///
  /// - Parameters:
  ///   - address: numeric, or a `TunnelEntrance`'s.
  ///   - opaque: of the `SocketOwner` that hears of it.
  func connect(
    to address: String, port: UInt16, in core: LoopCore, host: OpaquePointer?,
    reportingTo opaque: UnsafeMutableRawPointer
  ) -> OpaquePointer? {
    unsafe CStrings.with([address, target, authority, method, "http/1.1", protocolName]) { texts in
      var info = unsafe lws_client_connect_info()
      unsafe info.context = core.context
      unsafe info.vhost = host
      unsafe info.address = texts[0]
      unsafe info.port = CInt(port)
      unsafe info.ssl_connection = connectionFlags
      unsafe info.path = texts[1]
      unsafe info.host = texts[2]
      unsafe info.method = texts[3]
      unsafe info.alpn = texts[4]
      unsafe info.local_protocol_name = texts[5]
      unsafe info.opaque_user_data = opaque
      unsafe info.retry_and_idle_policy = unsafe UnsafePointer(core.neverIdle)
      return unsafe lws_client_connect_via_info(&info)
    }
  }

  private var connectionFlags: CInt {
    var flags = LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue
    if trust != nil { flags |= LCCSCF_USE_SSL.rawValue }
    // libwebsockets cuts the name at the first colon; `CertificateName` looks instead.
    if host.contains(":") { flags |= LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK.rawValue }
    return CInt(flags)
  }

  /// Adds our headers to the request that libwebsockets is writing.
  ///
  /// - Parameter position: of a pointer to the end of what is written; it moves on.
  /// - Returns: whether there was room.
  func write(
    _ connectionHeaders: HTTPHeaders, at position: UnsafeMutableRawPointer?, room: Int
  ) -> Bool {
    guard let position = unsafe position?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>.self)
    else { return false }
    // Without the flag for pipelining, which would queue connections to one server behind each
    // other, libwebsockets has just written this; the upgrade must not say it.
    let closing = "connection: close\r\n".utf8
    let before = unsafe position.pointee - closing.count
    if unsafe closing.elementsEqual(UnsafeBufferPointer(start: before, count: closing.count)) {
      unsafe position.pointee = before
    }
    let text = head(with: connectionHeaders)
    guard text.utf8.count < room else { return false }
    for byte in text.utf8 {
      unsafe position.pointee.pointee = byte
      unsafe position.pointee += 1
    }
    return true
  }
}
