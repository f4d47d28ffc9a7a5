import CWebSockets
import Glibc

/// One accepted connection: requests and answers, until it becomes a WebSocket or ends.
///
/// libwebsockets carries the bytes and does TLS, in its raw role; HTTP and frames are read and
/// written here. Its own HTTP role would drop the bodies of slow answers and spin on early closes.
@safe final class ServerSocket: SocketOwner {
  private enum Mode {
    case reading
    /// A request is with the service; `Exchange` says how its answer goes.
    case answering(Exchange)
    case webSocket(WebSocketServerSession)
    /// The last answer is out or on its way; what still comes is dropped.
    case leaving
    case over
  }

  /// How the answer under way is written.
  struct Exchange {
    var head: RequestHead
    var framing: BodyFraming?
    var observer: ((HTTPResponderEvent) -> Void)?
    var wasFull = false
  }

  let service: ListenerService
  private let descriptor: CInt
  private let peer: String
  private var mode = Mode.reading
  private var parser: RequestParser
  private var outgoing = OutgoingQueue()
  private var timer: LoopTimer?
  private var serial = 0
  /// libwebsockets holds bytes that the socket did not take. It must not be asked to read then: it
  /// would neither read nor sleep.
  private var isClogged = false
  private var isPaused = false
  private var hasShutDown = false
  private var hasHeard = false

  init(_ service: ListenerService, descriptor: CInt, core: LoopCore) {
    self.service = service
    self.descriptor = descriptor
    peer = SocketAddress(ofPeer: descriptor)?.host ?? ""
    parser = RequestParser(
      headLimit: service.options.maximumHead, bodyLimit: service.options.maximumBody)
    super.init(core: core)
  }

  func start(in host: OpaquePointer?) {
    var info = unsafe lws_adopt_desc_t()
    unsafe info.vh = host
    unsafe info.type = lws_adoption_type(
      LWS_ADOPT_SOCKET.rawValue
        | (service.options.certificate == nil ? 0 : LWS_ADOPT_ALLOW_SSL.rawValue))
    unsafe info.fd.sockfd = descriptor
    unsafe info.opaque = opaque
    core.keep(self)
    service.counter.value.add(1, ordering: .relaxed)
    let adopted = unsafe protocolName.withCString { name in
      unsafe info.vh_prot_name = name
      return unsafe lws_adopt_descriptor_vhost_via_info(&info)
    }
    // Refused, libwebsockets has closed the descriptor; the end may have been told already.
    guard let adopted = unsafe adopted else {
      core.release(self)
      return leave()
    }
    unsafe wsi = adopted
    wait(service.options.headTimeout)
  }

  private func leave() {
    guard case .over = mode else {
      timer?.cancel()
      mode = .over
      service.counter.value.subtract(1, ordering: .relaxed)
      return
    }
  }

  override func destroyed() {
    let last = mode
    leave()
    switch last {
    case .answering(let exchange): exchange.observer?(.disconnected)
    case .webSocket(let session): session.streamEnded()
    case .reading, .leaving, .over: break
    }
  }

  override func loopWillStop() {
    if case .webSocket(let session) = mode { session.fail(.stopped) }
  }

  // MARK: Callbacks

  override func handle(
    _ reason: lws_callback_reasons, _ data: UnsafeMutableRawPointer?, _ count: Int
  ) -> CInt {
    switch reason {
    case LWS_CALLBACK_RAW_RX:
      if !hasHeard {
        hasHeard = true
        noTimeout()
      }
      unsafe received(UnsafeRawBufferPointer(start: data, count: count))
    case LWS_CALLBACK_RAW_WRITEABLE: writable()
    default: break
    }
    return 0
  }

  private func received(_ bytes: UnsafeRawBufferPointer) {
    switch mode {
    case .webSocket(let session): unsafe session.received(bytes)
    case .leaving, .over: break
    case .reading:
      unsafe parser.append(bytes)
      readRequests()
    case .answering:
      unsafe parser.append(bytes)
      // The next request may wait here, but not all that may ever follow.
      if parser.waiting > service.options.maximumHead { pauseReceiving() }
    }
  }

  private func readRequests() {
    while case .reading = mode {
      switch parser.next() {
      case .needsMore:
        let options = service.options
        wait(parser.isInsideRequest ? options.bodyTimeout : options.idleTimeout)
        return
      case .head(let head):
        if head.asksForWebSocket { return upgrade(head) }
        if head.headers.lists("100-continue", in: "expect") {
          send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
      case .request(let head, let body):
        timer?.cancel()
        serial += 1
        mode = .answering(Exchange(head: head))
        let responder = HTTPResponder(
          LoopBound(self, of: core.inbox), inbox: core.inbox, serial: serial)
        service.request(HTTPRequest(head: head, body: body, peer: peer), responder)
      case .refusal(let status, let why):
        sendLast(service.options.refusal(status, why))
      }
    }
  }

  // MARK: WebSocket

  private func upgrade(_ head: RequestHead) {
    guard head.method == "GET", let key = head.headers["sec-websocket-key"], !key.isEmpty else {
      return sendLast(service.options.refusal(400, "a WebSocket request without a key"))
    }
    guard head.headers["sec-websocket-version"] == "13" else {
      var refusal = service.options.refusal(426, "this server speaks WebSocket version 13")
      refusal.headers.append("sec-websocket-version", "13")
      return sendLast(refusal)
    }
    switch service.upgrade(UpgradeRequest(head: head, peer: peer)) {
    case .refuse(let response): sendLast(response)
    case .ignore:
      timer?.cancel()
      mode = .answering(Exchange(head: head))
    case .accept(var headers, let serve):
      timer?.cancel()
      headers.append("upgrade", "websocket")
      headers.append("connection", "Upgrade")
      headers.append("sec-websocket-accept", WebSocketHandshake.accept(for: key))
      send(ResponseWriter.head(101, headers, framing: .none, keepsAlive: true))
      let session = WebSocketServerSession(self)
      mode = .webSocket(session)
      session.begin(serve)
      let rest = parser.takeRest()
      if !rest.isEmpty { unsafe rest.withUnsafeBytes { unsafe received($0) } }
    }
  }

  // MARK: Answering

  /// Runs `body` on the exchange under way, if it is still the one numbered `serial`.
  func answer(_ serial: Int, _ body: (inout Exchange) -> Void) {
    guard serial == self.serial, case .answering(var exchange) = mode else { return }
    body(&exchange)
    if case .answering = mode { mode = .answering(exchange) }
  }

  func send(_ response: HTTPResponse, for exchange: inout Exchange) {
    guard exchange.framing == nil else { return }
    let status = response.status
    let isEmpty = status == 204 || status == 304
    exchange.framing = .length(response.body.count)
    send(
      ResponseWriter.head(
        status, response.headers, framing: isEmpty ? .length(0) : .length(response.body.count),
        keepsAlive: exchange.head.keepsAlive))
    if exchange.head.method != "HEAD", !isEmpty { send(response.body) }
    finish(exchange)
  }

  func begin(_ status: Int, _ headers: HTTPHeaders, for exchange: inout Exchange) {
    guard exchange.framing == nil else { return }
    let framing: BodyFraming = exchange.head.minorVersion >= 1 ? .chunked : .untilClose
    exchange.framing = framing
    send(
      ResponseWriter.head(
        status, headers, framing: framing,
        keepsAlive: exchange.head.keepsAlive && framing == .chunked))
  }

  func write(_ bytes: [UInt8], for exchange: inout Exchange) {
    guard exchange.head.method != "HEAD" else { return }
    switch exchange.framing {
    case .chunked: send(ResponseWriter.chunk(bytes))
    case .untilClose: send(bytes)
    case .length, .some(.none), nil: return
    }
    if outgoing.count > service.options.drainMark { exchange.wasFull = true }
  }

  func finish(_ exchange: Exchange) {
    guard let framing = exchange.framing else { return }
    if framing == .chunked, exchange.head.method != "HEAD" { send(ResponseWriter.lastChunk) }
    guard exchange.head.keepsAlive, framing != .untilClose else { return leaveAfterSending() }
    mode = .reading
    wait(service.options.idleTimeout)
    resumeReceiving()
    // A next request may wait already. Not at once: this may be the parser's own caller.
    let bound = LoopBound(self, of: core.inbox)
    core.inbox.post { bound.use { $0.readRequests() } }
  }

  private func sendLast(_ response: HTTPResponse) {
    send(
      ResponseWriter.head(
        response.status, response.headers, framing: .length(response.body.count),
        keepsAlive: false))
    send(response.body)
    leaveAfterSending()
  }

  /// Closes our half once all is sent, and the rest when the peer has read it: an early close would
  /// destroy what it has not read.
  func leaveAfterSending() {
    mode = .leaving
    resumeReceiving()
    wait(service.options.closeTimeout)
    wantWrite()
  }

  /// Ends at once.
  func abort() {
    if case .over = mode { return }
    kill()
  }

  private func wait(_ limit: Duration) {
    timer?.cancel()
    timer = after(limit, on: self) { $0.timeIsUp() }
  }

  private func timeIsUp() {
    if case .reading = mode, parser.isInsideRequest {
      return sendLast(service.options.refusal(408, "the request did not end"))
    }
    kill()
  }

  // MARK: Bytes

  func send(_ bytes: [UInt8]) {
    outgoing.append(bytes)
    wantWrite()
  }

  var queued: Int { outgoing.count }

  private func writable() {
    if isClogged {
      // Reading first, in the next turn; else a client that is slow to take could not say stop.
      isClogged = false
      applyReading()
      return wantWrite()
    }
    guard let wsi = unsafe wsi else { return }
    let before = outgoing.count
    if before > 0 {
      var isBroken = false
      unsafe outgoing.take(atMost: 64 * 1024) { bytes in
        isBroken = unsafe lws_write(wsi, bytes.baseAddress, bytes.count, LWS_WRITE_HTTP) < 0
        return bytes.count
      }
      if isBroken { return kill() }
      if unsafe lws_partial_buffered(wsi) != 0 {
        isClogged = true
        applyReading()
      }
    }
    if !outgoing.isEmpty || isClogged { wantWrite() }
    tellProgress(before - outgoing.count)
  }

  private func tellProgress(_ count: Int) {
    switch mode {
    case .webSocket(let session): session.sent(count)
    case .answering(var exchange):
      if exchange.wasFull, outgoing.count <= service.options.drainMark {
        exchange.wasFull = false
        mode = .answering(exchange)
        exchange.observer?(.drained)
      }
    case .leaving:
      if count > 0 { wait(service.options.closeTimeout) }
      if outgoing.isEmpty, !isClogged { shutDown() }
    case .reading: if count > 0 { wait(service.options.idleTimeout) }
    case .over: break
    }
  }

  private func shutDown() {
    guard !hasShutDown else { return }
    hasShutDown = true
    if let tls = unsafe wsi.flatMap({ unsafe lws_get_ssl($0) }) { unsafe SSL_shutdown(tls) }
    shutdown(descriptor, CInt(SHUT_WR))
  }

  func pauseReceiving() {
    isPaused = true
    applyReading()
  }

  func resumeReceiving() {
    isPaused = false
    applyReading()
  }

  private func applyReading() {
    if let wsi = unsafe wsi { unsafe lws_rx_flow_control(wsi, isPaused || isClogged ? 0 : 1) }
  }
}
