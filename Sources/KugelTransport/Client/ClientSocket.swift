import CWebSockets
import KugelText

/// A connection that we make: name, address after address, TLS, request, head of the answer.
///
/// libwebsockets' HTTP client role carries it. Subclasses take over once the head is there. They
/// hear `failed` at most once, and nothing after it.
@safe class ClientSocket: SocketOwner {
  /// `resting`: the answer is complete, and the connection may be asked again.
  enum Phase { case idle, connecting, asked, answered, resting, over }

  let request: ClientRequest
  private(set) var phase = Phase.idle
  /// The head has been read; what holds it has been given back.
  private(set) var head: ResponseHead?
  /// Of the connection as it was made.
  private(set) var connectTimes = ConnectTimings()

  private var addresses: [String] = []
  private var port: UInt16 = 0
  /// A way through a proxy, until libwebsockets has a socket whose place it can take.
  private var entrance: TunnelEntrance?
  private var deadline: ContinuousClock.Instant = .now
  private var timer: LoopTimer?
  private var attemptTimer: LoopTimer?
  private var reachedServer = false
  private var attemptError: TransportError?
  private var holdsHeaders = false
  /// Something came and was not read.
  private var isDisarmed = false
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
  /// Whether what comes behind the first head is the subclass's to `take`, and not libwebsockets' to read.
  var readsItself: Bool { false }
  /// Libwebsockets has done with the first head.
  func becameRaw() {}
  func take(_ bytes: UnsafeRawBufferPointer) {}
  /// Whether to read on. When it turns true again, call `readOn`.
  final var wantsToRead = true { didSet { if wantsToRead != oldValue { applyFlow() } } }
  /// Bytes come and go as they are.
  private(set) final var isRaw = false

  // MARK: Connecting

  final func start() {
    if let flaw = request.flaw { return fail(.badRequest(cause: flaw)) }
    phase = .connecting
    stamps = ConnectStamps()
    deadline = .now + request.connectTimeout
    timer = after(request.connectTimeout, on: self) { $0.failConnecting(.connectTimedOut) }
    // libwebsockets takes paths behind a plus.
    if let path = request.socketPath { return connect(to: ["+" + path]) }
    switch request.route {
    case .direct: look(up: request.host, port: request.port)
    case .through(let proxy) where request.wantsTunnel: open(through: proxy)
    case .through(let proxy): look(up: proxy.host, port: proxy.port)
    case .blocked(let flaw, let variable): fail(.proxyUnusable(variable: variable, flaw))
    }
  }

  private func look(up host: String, port: UInt16) {
    self.port = port
    if let address = Resolver.numeric(host) { return connect(to: [address]) }
    let (bound, inbox) = (LoopBound(self, of: core.inbox), core.inbox)
    Resolver.resolve(host) { outcome in
      inbox.post {
        bound.use { socket in
          switch outcome {
          case .addresses(let addresses):
            socket.stamps.nameIsKnown()
            socket.connect(to: addresses)
          case .failed(let error): socket.failConnecting(error)
          }
        }
      }
    }
  }

  private func open(through proxy: Proxy) {
    let (bound, inbox) = (LoopBound(self, of: core.inbox), core.inbox)
    ProxyTunnel.open(
      to: request.authorityWithPort, through: proxy, patience: request.connectTimeout
    ) { outcome in
      inbox.post { bound.use { $0.take(outcome, of: proxy) } }
    }
  }

  private func take(_ outcome: ProxyTunnel.Outcome, of proxy: Proxy) {
    do throws(TransportError) {
      switch outcome {
      case .failed(let trouble): throw .proxy(at: proxy.authority, trouble)
      case .open(let tunnel):
        let entrance = try TunnelEntrance(to: tunnel)
        self.entrance = entrance
        connect(to: [entrance.address])
      }
    } catch {
      fail(error)
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
    let made = unsafe request.connect(
      to: address, port: port, in: core, host: host, reportingTo: opaque)
    if let made = unsafe made {
      unsafe wsi = made
    } else {
      // The end may have come already, from within, or not at all.
      core.release(self)
      unsafe wsi = nil
      attemptEnded()
    }
  }

  private func attemptEnded() {
    attemptTimer?.cancel()
    guard phase == .connecting, !addresses.isEmpty else { return }
    let address = addresses.removeFirst()
    if !addresses.isEmpty, !reachedServer { return attempt() }
    if let attemptError { return failConnecting(attemptError) }
    let (bound, inbox) = (LoopBound(self, of: core.inbox), core.inbox)
    let patience = ContinuousClock.now.duration(to: deadline)
    ConnectProbe.ask(address, port: port, patience: patience) { error in
      inbox.post { bound.use { $0.failConnecting(error) } }
    }
  }

  /// Blames the proxy where it is what could not be reached.
  private func failConnecting(_ error: TransportError) {
    guard !reachedServer, case .through(let proxy) = request.route,
      let trouble = ProxyTrouble(error)
    else { return fail(error) }
    fail(.proxy(at: proxy.authority, trouble))
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
    entrance = nil
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
    case .resting: end()
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
      unsafe core.note(read: wsi)
      unsafe received(UnsafeRawBufferPointer(start: data, count: count))
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_RAW_RX:
      unsafe core.note(read: wsi)
      unsafe take(UnsafeRawBufferPointer(start: data, count: count))
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE, LWS_CALLBACK_RAW_WRITEABLE:
      writable()
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_WSI_CREATE:
      reachedServer = true
      unsafe entrance?.pass(wsi)
      entrance = nil
      stamps.serverIsReached()
      return 0
    case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
      return unsafe CertificateName.isAccepted(data, for: request.host) ? 0 : 1
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: return unsafe ask(data, room: count)
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
      readHead()
      return phase == .over ? -1 : 0
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
      // Who reads itself knows where a body ends, too.
      if readsItself { return 0 }
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
      attemptError = attemptError ?? .tls(unsafe TLSVerdict.cause(of: wsi))
    case .asked where words.hasPrefix("HS:") || words.contains("header"):
      fail(.violation(closeCode: 1002, cause: "the answer is not HTTP"))
    default:
      attemptError = attemptError ?? .lost(cause: "the connection ended before the answer")
      if phase == .asked { fail(.lost(cause: "the connection ended before the answer")) }
    }
  }

  /// Adds our headers to the request under way.
  private func ask(_ position: UnsafeMutableRawPointer?, room: Int) -> CInt {
    guard unsafe request.write(connectionHeaders, at: position, room: room) else { return -1 }
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
    guard readsItself, phase != .over else { return }
    unsafe kugel_become_raw(wsi)
    isRaw = true
    noTimeout()
    applyFlow()
    becameRaw()
  }

  // MARK: Reading

  private func readable() -> CInt {
    // Also before the first read: with the headers, libwebsockets would take a broken stream for a
    // complete body.
    giveHeadersBack()
    if readsItself {
      return unsafe phase == .over ? -1 : wsi.map { unsafe kugel_read_on($0) } ?? -1
    }
    // Not reading leaves the socket disarmed until `readOn`. Its own flow control would also stop
    // the writing.
    isDisarmed = !wantsToRead
    return isDisarmed ? 0 : read()
  }

  /// Reads again after `wantsToRead` was false.
  final func readOn() {
    guard isDisarmed else { return }
    isDisarmed = false
    if phase == .answered, read() < 0 { kill() }
  }

  private func read() -> CInt {
    guard let wsi = unsafe wsi else { return -1 }
    var (place, count): (UnsafeMutablePointer<CChar>?, CInt) = unsafe (
      core.buffer, CInt(LoopCore.bufferSize)
    )
    return unsafe lws_http_client_read(wsi, &place, &count) < 0 || phase == .over ? -1 : 0
  }

  private func applyFlow() {
    if isRaw, let wsi = unsafe wsi { unsafe lws_rx_flow_control(wsi, wantsToRead ? 1 : 0) }
  }

  // MARK: Asking again

  /// The answer is complete, and nothing is wrong with the connection.
  final func rest() {
    phase = .resting
    wantsToRead = true
  }

  /// The next request is about to be written.
  final func askAgain(patience: Duration) {
    phase = .asked
    head = nil
    timer?.cancel()
    timer = after(patience, on: self) { $0.fail(.handshakeTimedOut) }
    wantWrite()
  }

  final func readAgain(_ head: ResponseHead) {
    timer?.cancel()
    phase = .answered
    self.head = head
    answered(head)
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
