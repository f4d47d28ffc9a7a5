import CWebSockets
import Glibc

/// One accepted connection: requests and answers, until it becomes a WebSocket or ends.
///
/// libwebsockets carries the bytes and does TLS, in its raw role; HTTP and frames are read and
/// written here. Its own HTTP role would drop the bodies of slow answers and spin on early closes.
///
/// One thing at a time: nothing is read while a request is answered, nor before the client has the
/// answer. So requests that come faster than their answers are taken pile up with the client, and a
/// client that has closed its half already still gets its answer.
@safe final class ServerSocket: SocketOwner {
  private enum Mode {
    case reading
    /// Told at its first byte that there is no room.
    case unwelcome(HTTPResponse)
    /// A request is with the service.
    case answering(Answering)
    case webSocket(WebSocketDriver)
    /// The last bytes are out or on their way; what still comes is dropped.
    case leaving(WebSocketDriver?)
    case over
  }

  /// The answer under way.
  struct Answering {
    var exchange: ServerExchange
    var observer: ((HTTPResponderEvent) -> Void)?
    var wasFull = false
  }

  let service: ListenerService
  private let descriptor: CInt
  private let peer: String
  private var mode = Mode.reading
  private var parser: RequestParser
  private var clock: RequestClock
  private var outgoing = ServerOutlet()
  /// When it ends as things are; not set while somebody else sees to that.
  private lazy var alarm = LoopAlarm(self, inbox: core.inbox) { $0.timeCame() }
  private var serial = 0
  /// Of a WebSocket.
  private var wantsFrames = true
  private var hasShutDown = false
  private var hasHeard = false

  init(_ service: ListenerService, descriptor: CInt, peer: String, core: LoopCore) {
    self.service = service
    self.descriptor = descriptor
    self.peer = peer
    let options = service.options
    parser = RequestParser(headLimit: options.maximumHead, bodyLimit: options.maximumBody)
    clock = RequestClock(
      .init(head: options.headTimeout, body: options.bodyTimeout, idle: options.idleTimeout),
      at: .now)
    super.init(core: core)
  }

  /// - Parameter refusal: what the client is told in place of any answer.
  func start(in host: OpaquePointer?, refusal: HTTPResponse?) {
    if let refusal { mode = .unwelcome(refusal) }
    var info = unsafe lws_adopt_desc_t()
    unsafe info.vh = host
    unsafe info.type = lws_adoption_type(
      LWS_ADOPT_SOCKET.rawValue
        | (service.options.certificate == nil ? 0 : LWS_ADOPT_ALLOW_SSL.rawValue))
    unsafe info.fd.sockfd = descriptor
    unsafe info.opaque = opaque
    core.keep(self)
    let adopted = unsafe protocolName.withCString { name in
      unsafe info.vh_prot_name = name
      return unsafe lws_adopt_descriptor_vhost_via_info(&info)
    }
    // Refused, libwebsockets has closed the descriptor; the end may have been told already.
    guard let adopted = unsafe adopted else {
      core.release(self)
      return depart()
    }
    unsafe wsi = adopted
    alarm.set(refusal == nil ? clock.deadline : .now + service.options.closeTimeout)
  }

  private func depart() {
    guard case .over = mode else {
      alarm.set(nil)
      mode = .over
      service.left(peer)
      return
    }
  }

  override func destroyed() {
    let last = mode
    depart()
    switch last {
    case .answering(let answering): answering.observer?(.disconnected)
    case .webSocket(let driver): driver.streamEnded()
    case .reading, .unwelcome, .leaving, .over: break
    }
  }

  override func loopWillStop() {
    if case .webSocket(let driver) = mode { driver.failed(.stopped) }
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
    case .webSocket(let driver): unsafe driver.received(bytes)
    case .leaving, .over: break
    case .unwelcome(let refusal): sendLast(refusal)
    case .answering: unsafe parser.append(bytes)
    case .reading:
      unsafe parser.append(bytes)
      readRequests()
    }
  }

  // MARK: Requests

  private func readRequests() {
    while case .reading = mode, outgoing.isIdle {
      switch parser.next() {
      case .needsMore:
        clock.reached(parser.stage, at: .now)
        return alarm.set(clock.deadline)
      case .head(let head): read(head)
      case .request(let head, let body):
        alarm.set(nil)
        serial += 1
        mode = .answering(Answering(exchange: ServerExchange(head)))
        applyReading()
        let responder = HTTPResponder(
          LoopBound(self, of: core.inbox), inbox: core.inbox, serial: serial)
        service.request(HTTPRequest(head: head, body: body, peer: peer), responder)
      case .refusal(let status, let why): sendLast(service.options.refusal(status, why))
      }
    }
  }

  private func read(_ head: RequestHead) {
    if head.asksForWebSocket { return upgrade(head) }
    guard parser.awaitsBody else { return }
    // Before the body: who may not ask has nothing to send.
    if let refusal = service.screen(HTTPRequest(head: head, body: [], peer: peer)) {
      return sendLast(refusal)
    }
    if head.headers.lists("100-continue", in: "expect") {
      send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
  }

  // MARK: WebSocket

  private func upgrade(_ head: RequestHead) {
    switch head.webSocketOffer(refusal: service.options.refusal) {
    case .refused(let response): sendLast(response)
    case .key(let key): decide(head, key: key)
    }
  }

  private func decide(_ head: RequestHead, key: String) {
    switch service.upgrade(UpgradeRequest(head: head, peer: peer)) {
    case .refuse(let response): sendLast(response)
    case .ignore:
      alarm.set(nil)
      mode = .leaving(nil)
    case .accept(var headers, let serve):
      alarm.set(nil)
      headers.append("upgrade", "websocket")
      headers.append("connection", "Upgrade")
      headers.append("sec-websocket-accept", WebSocketHandshake.accept(for: key))
      send(ResponseWriter.head(101, headers, framing: .none, keepsAlive: true))
      let pending = ByteCount()
      let driver = WebSocketDriver(
        service: service.options.limits, maximumMessage: service.options.maximumMessage,
        head: outgoing.count, pending: pending, on: self, inbox: core.inbox)
      mode = .webSocket(driver)
      driver.begin(serve(ServerWebSocket(driver, pending: pending, inbox: core.inbox)))
      let rest = parser.takeRest()
      if !rest.isEmpty { unsafe rest.withUnsafeBytes { unsafe received($0) } }
      applyReading()
    }
  }

  // MARK: Answers

  /// Runs `body` on the answer under way, if it is still the one numbered `serial`.
  func answer(_ serial: Int, _ body: (inout Answering) -> Void) {
    guard serial == self.serial, case .answering(var answering) = mode else { return }
    body(&answering)
    if case .answering = mode { mode = .answering(answering) }
  }

  func send(_ response: HTTPResponse, for answering: inout Answering) {
    guard !answering.exchange.hasBegun else { return }
    send(answering.exchange.whole(response))
    end(answering.exchange)
  }

  func begin(_ status: Int, _ headers: HTTPHeaders, for answering: inout Answering) {
    send(answering.exchange.begin(status, headers))
  }

  func write(_ bytes: [UInt8], for answering: inout Answering) {
    send(answering.exchange.piece(bytes))
    if outgoing.count > service.options.drainMark { answering.wasFull = true }
  }

  func finish(_ answering: Answering) {
    guard answering.exchange.isOpen else { return }
    send(answering.exchange.ending())
    end(answering.exchange)
  }

  private func end(_ exchange: ServerExchange) {
    guard exchange.keepsAlive else { return leaveAfterSending() }
    mode = .reading
    clock.answered(at: .now)
    alarm.set(clock.deadline)
    // The next request is read once this answer is out.
    wantWrite()
  }

  private func sendLast(_ response: HTTPResponse) {
    send(ServerExchange.last(response))
    leaveAfterSending()
  }

  /// Closes our half once all is sent, and the rest when the peer has read it: an early close would
  /// destroy what it has not read.
  private func leaveAfterSending() {
    if case .webSocket(let driver) = mode { mode = .leaving(driver) } else { mode = .leaving(nil) }
    parser.forget()
    applyReading()
    alarm.set(.now + service.options.closeTimeout)
    wantWrite()
  }

  /// Ends at once.
  func abort() {
    if case .over = mode { return }
    kill()
  }

  // MARK: Time

  private func timeCame() {
    if case .reading = mode, parser.stage != .waiting, outgoing.isIdle {
      return sendLast(service.options.refusal(408, "the request did not end"))
    }
    kill()
  }

  // MARK: Bytes

  private func send(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    outgoing.append(bytes)
    wantWrite()
  }

  var queued: Int { outgoing.count }

  private func writable() {
    if outgoing.isClogged {
      // Reading first, in the next turn; else a client that is slow to take could not say stop.
      outgoing.isClogged = false
      applyReading()
      return wantWrite()
    }
    guard let wsi = unsafe wsi else { return }
    guard let count = unsafe outgoing.flush(to: wsi) else { return kill() }
    if !outgoing.isIdle { wantWrite() }
    tellProgress(count)
    applyReading()
  }

  private func tellProgress(_ count: Int) {
    switch mode {
    case .webSocket(let driver): driver.sent(count)
    case .answering(var answering):
      if answering.wasFull, outgoing.count <= service.options.drainMark {
        answering.wasFull = false
        mode = .answering(answering)
        answering.observer?(.drained)
      }
    case .leaving(let driver):
      driver?.sent(count)
      if count > 0 { alarm.set(.now + service.options.closeTimeout) }
      if outgoing.isIdle { shutDown() }
    case .reading:
      if count > 0 {
        clock.progressed(at: .now)
        alarm.set(clock.deadline)
      }
      readRequests()
    case .unwelcome, .over: break
    }
  }

  private func shutDown() {
    guard !hasShutDown else { return }
    hasShutDown = true
    if let tls = unsafe wsi.flatMap({ unsafe lws_get_ssl($0) }) { unsafe SSL_shutdown(tls) }
    shutdown(descriptor, CInt(SHUT_WR))
  }

  private var wantsToRead: Bool {
    switch mode {
    case .webSocket: wantsFrames
    case .reading, .leaving: outgoing.count == 0
    case .answering: false
    case .unwelcome, .over: true
    }
  }

  private func applyReading() {
    if let wsi = unsafe wsi {
      unsafe lws_rx_flow_control(wsi, wantsToRead && !outgoing.isClogged ? 1 : 0)
    }
  }
}

extension ServerSocket: WebSocketCarrier {
  func write(_ frame: [UInt8]) { send(frame) }

  func read(_ goesOn: Bool) {
    wantsFrames = goesOn
    applyReading()
  }

  func leave() { leaveAfterSending() }
  func drop() { abort() }
}
