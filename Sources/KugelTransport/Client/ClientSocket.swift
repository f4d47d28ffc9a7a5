import CWebSockets

/// A connection that we make: name, address after address, TLS, request, head of the answer.
///
/// libwebsockets' HTTP client role carries it. Subclasses take over once the head is there. They
/// hear `failed` at most once, and nothing after it.
@safe class ClientSocket: SocketOwner {
  enum Phase { case idle, connecting, asked, answered, over }

  let request: ClientRequest
  private(set) var phase = Phase.idle
  /// The head has been read; what holds it has been given back.
  private(set) var head: ResponseHead?
  /// Of the connection as it was made.
  private(set) var connectTimes = ConnectTimings()

  private var addresses: [String] = []
  private var deadline: ContinuousClock.Instant = .now
  private var timer: LoopTimer?
  private var attemptTimer: LoopTimer?
  private var reachedServer = false
  private var attemptError: TransportError?
  private var holdsHeaders = false
  private var isDialing = false
  private var stamps = ConnectStamps()

  init(_ request: ClientRequest, core: LoopCore) {
    self.request = request
    super.init(core: core)
  }

  // MARK: For subclasses

  /// Headers that belong to the connection rather than to the caller.
  var connectionHeaders: HTTPHeaders { ["connection": "close"] }
  func answered(_ head: ResponseHead) {}
  func received(_ bytes: UnsafeRawBufferPointer) {}
  /// The body's end, by its length or last chunk.
  func bodyEnded() {}
  /// The stream ended or broke, and nobody had asked for it.
  func streamEnded() {}
  func writable() {}
  func failed(_ error: TransportError) {}
  /// The end: no timer may keep the socket.
  func cancelTimers() {}
  /// Whether to read on. When it turns true again, call `readOn`.
  var wantsToRead: Bool { true }

  // MARK: Connecting

  final func start() {
    if let flaw = request.flaw { return fail(.badRequest(cause: flaw)) }
    phase = .connecting
    stamps = ConnectStamps()
    deadline = .now + request.connectTimeout
    timer = after(request.connectTimeout, on: self) { $0.fail(.connectTimedOut) }
    if let address = Resolver.numeric(request.host) { return connect(to: [address]) }
    let (bound, inbox) = (LoopBound(self, of: core.inbox), core.inbox)
    Resolver.resolve(request.host) { outcome in
      inbox.post {
        bound.use { socket in
          switch outcome {
          case .addresses(let addresses):
            socket.stamps.nameIsKnown()
            socket.connect(to: addresses)
          case .failed(let error): socket.fail(error)
          }
        }
      }
    }
  }

  private func connect(to addresses: [String]) {
    guard phase == .connecting else { return }
    self.addresses = addresses
    attempt()
  }

  /// Tries the first address; with others in reserve it gets a share of the time only.
  private func attempt() {
    guard phase == .connecting, let address = addresses.first else { return }
    reachedServer = false
    attemptError = nil
    if addresses.count > 1 {
      let share = ContinuousClock.now.duration(to: deadline) / addresses.count
      attemptTimer = after(min(share, .seconds(2)), on: self) { socket in
        socket.attemptError = .connectTimedOut
        socket.kill()
      }
    }
    do throws(TransportError) { try dial(address) } catch { fail(error) }
  }

  private func dial(_ address: String) throws(TransportError) {
    let host: OpaquePointer?
    if let trust = request.trust {
      unsafe host = try unsafe core.clientVirtualHost(trusting: trust)
    } else {
      unsafe host = core.plainVirtualHost()
    }
    _ = LogTail.take()
    core.keep(self)
    isDialing = true
    defer { isDialing = false }
    let made = unsafe address.withCString { address in
      unsafe request.authority.withCString { authority in
        unsafe request.path.withCString { path in
          unsafe request.method.withCString { method in
            unsafe protocolName.withCString { name in
              unsafe "http/1.1".withCString { http in
                var info = unsafe lws_client_connect_info()
                unsafe info.context = core.context
                unsafe info.vhost = host
                unsafe info.address = address
                unsafe info.port = CInt(request.port)
                unsafe info.ssl_connection = connectionFlags
                unsafe info.path = path
                unsafe info.host = authority
                unsafe info.method = method
                unsafe info.alpn = http
                unsafe info.local_protocol_name = name
                unsafe info.opaque_user_data = opaque
                unsafe info.retry_and_idle_policy = unsafe UnsafePointer(core.neverIdle)
                return unsafe lws_client_connect_via_info(&info)
              }
            }
          }
        }
      }
    }
    if let made = unsafe made {
      unsafe wsi = made
    } else {
      // The end may have come already, from within, or not at all.
      core.release(self)
      unsafe wsi = nil
      attemptEnded()
    }
  }

  private var connectionFlags: CInt {
    var flags = LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue
    if request.trust != nil { flags |= LCCSCF_USE_SSL.rawValue }
    // libwebsockets cuts the name at the first colon; `certificateIsForUs` looks instead.
    if request.host.contains(":") { flags |= LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK.rawValue }
    return CInt(flags)
  }

  private func attemptEnded() {
    attemptTimer?.cancel()
    guard phase == .connecting, !addresses.isEmpty else { return }
    let address = addresses.removeFirst()
    if !addresses.isEmpty, !reachedServer { return attempt() }
    if let attemptError { return fail(attemptError) }
    let (bound, inbox) = (LoopBound(self, of: core.inbox), core.inbox)
    let patience = ContinuousClock.now.duration(to: deadline)
    ConnectProbe.ask(address, port: request.port, patience: patience) { error in
      inbox.post { bound.use { $0.fail(error) } }
    }
  }

  // MARK: Ending

  /// Ends everything for `error`, unless it ended before.
  final func fail(_ error: TransportError) {
    guard phase != .over else { return }
    end()
    failed(error)
  }

  /// Ends everything in silence.
  final func end() {
    phase = .over
    timer?.cancel()
    attemptTimer?.cancel()
    cancelTimers()
    kill()
  }

  override func loopWillStop() { fail(.stopped) }

  override func destroyed() {
    holdsHeaders = false
    if isDialing { return }
    switch phase {
    case .idle, .over: break
    case .connecting: attemptEnded()
    case .asked: fail(.lost(cause: "the connection ended before the answer"))
    case .answered:
      streamEnded()
      if phase != .over { end() }
    }
  }

  // MARK: Callbacks

  override func handle(
    _ reason: lws_callback_reasons, _ data: UnsafeMutableRawPointer?, _ count: Int
  ) -> CInt {
    if phase == .over {
      return reason == LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION ? 1 : -1
    }
    switch reason {
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP: return readable()
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
      unsafe received(UnsafeRawBufferPointer(start: data, count: count))
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
      writable()
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_WSI_CREATE:
      reachedServer = true
      stamps.serverIsReached()
      return 0
    case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
      return unsafe CertificateName.isAccepted(data, for: request.host) ? 0 : 1
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: return unsafe ask(data, room: count)
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
      readHead()
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
      bodyEnded()
      return -1
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      let words = unsafe data.map {
        unsafe String(decoding: UnsafeRawBufferPointer(start: $0, count: count), as: UTF8.self)
      }
      connectionError(words ?? "")
      return 0
    default: return 0
    }
  }

  private func connectionError(_ words: String) {
    switch phase {
    case .connecting where !reachedServer: break  // `destroyed` asks why, or tries the next
    case .connecting where request.trust != nil:
      attemptError = attemptError ?? .tls(cause: tlsCause())
    case .asked where words.hasPrefix("HS:") || words.contains("header"):
      fail(.violation(closeCode: 1002, cause: "the answer is not HTTP"))
    default:
      attemptError = attemptError ?? .lost(cause: "the connection ended before the answer")
      if phase == .asked { fail(.lost(cause: "the connection ended before the answer")) }
    }
  }

  /// libwebsockets' own words say nothing ("reason(1)").
  private func tlsCause() -> String {
    let verdict = unsafe wsi.flatMap { unsafe lws_get_ssl($0) }.map {
      unsafe SSL_get_verify_result($0)
    }
    if let verdict, verdict != Int(X509_V_OK) {
      return unsafe String(cString: X509_verify_cert_error_string(verdict))
    }
    return LogTail.take() ?? "the peer ended the handshake"
  }

  /// Adds our headers to the request under way.
  private func ask(_ position: UnsafeMutableRawPointer?, room: Int) -> CInt {
    guard let position = unsafe position?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>.self)
    else { return -1 }
    // Without the flag for pipelining, which would queue connections to one server behind each
    // other, libwebsockets has just written this; the upgrade must not say it.
    let closing = "connection: close\r\n".utf8
    let before = unsafe position.pointee - closing.count
    if unsafe closing.elementsEqual(UnsafeBufferPointer(start: before, count: closing.count)) {
      unsafe position.pointee = before
    }
    var text = ""
    for field in connectionHeaders.fields + request.headers.fields {
      text += "\(field.name): \(field.value)\r\n"
    }
    if !request.body.isEmpty || request.method == "POST" || request.method == "PUT" {
      text += "content-length: \(request.body.count)\r\n"
    }
    guard text.utf8.count < room else { return -1 }
    for byte in text.utf8 {
      unsafe position.pointee.pointee = byte
      unsafe position.pointee += 1
    }
    if !request.body.isEmpty {
      unsafe lws_client_http_body_pending(wsi, 1)
      wantWrite()
    }
    attemptTimer?.cancel()
    stamps.requestIsReady()
    phase = .asked
    timer?.cancel()
    timer = after(request.answerTimeout, on: self) { $0.fail(.handshakeTimedOut) }
    return 0
  }

  private func readHead() {
    connectTimes = stamps.times(answeredAt: .now, isSecure: request.trust != nil)
    noTimeout()
    timer?.cancel()
    phase = .answered
    holdsHeaders = true
    guard let wsi = unsafe wsi else { return }
    let head = unsafe ResponseHead(of: wsi, wanting: request.wantedHeaders)
    self.head = head
    answered(head)
    // A connection that kept its headers would be cut after six minutes as "excessive hold". They
    // cannot go here, where libwebsockets still reads them.
    let bound = LoopBound(self, of: core.inbox)
    core.inbox.post { bound.use { $0.giveHeadersBack() } }
  }

  private func giveHeadersBack() {
    guard holdsHeaders, let wsi = unsafe wsi else { return }
    holdsHeaders = false
    unsafe lws_http_headers_detach(wsi)
  }

  // MARK: Reading

  private func readable() -> CInt {
    // Also before the first read: with the headers, libwebsockets would take a broken stream for a
    // complete body.
    giveHeadersBack()
    // Not reading leaves the socket disarmed until `readOn`. Its own flow control would also stop
    // the writing.
    guard wantsToRead else { return 0 }
    return read()
  }

  /// Reads again after `wantsToRead` was false.
  final func readOn() {
    if phase == .answered, read() < 0 { kill() }
  }

  private func read() -> CInt {
    guard let wsi = unsafe wsi else { return -1 }
    var (place, count): (UnsafeMutablePointer<CChar>?, CInt) = unsafe (
      core.buffer, CInt(LoopCore.bufferSize)
    )
    return unsafe lws_http_client_read(wsi, &place, &count) < 0 || phase == .over ? -1 : 0
  }

  // MARK: Writing

  /// Sends a little of `queue`, and asks to go on. Call it from `writable` only.
  final func flush(_ queue: inout OutgoingQueue, as kind: lws_write_protocol = LWS_WRITE_HTTP) {
    guard let wsi = unsafe wsi, !queue.isEmpty else { return }
    var isBroken = false
    unsafe queue.take(atMost: 64 * 1024) { bytes in
      // What the socket does not take, libwebsockets keeps and sends first.
      isBroken = unsafe lws_write(wsi, bytes.baseAddress, bytes.count, kind) < 0
      return bytes.count
    }
    if isBroken { return kill() }
    if !queue.isEmpty { wantWrite() }
  }
}
