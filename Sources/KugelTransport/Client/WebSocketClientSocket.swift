import CWebSockets

/// The WebSocket behind a `WebSocketConnection`, on the loop's thread.
///
/// libwebsockets' own receiver takes frames apart byte by byte. So its HTTP client carries the
/// connection, and frames are read and written here.
@safe final class WebSocketClientSocket: ClientSocket {
  private enum State {
    case opening
    /// The answer was not 101; its body is awaited.
    case refused(HTTPRefusal)
    case open
    /// Our close frame is out or queued.
    case closing
    /// The end has been told, or waits behind held messages.
    case ended
  }

  private static let refusalLimit = 64 * 1024

  private let options: WebSocketRequest
  private var handler: ((SocketEvent) -> Void)?
  private let key = WebSocketHandshake.key((0..<16).map { _ in .random(in: 0...255) })
  private var random = SystemRandomNumberGenerator()
  private var state = State.opening
  private var parser: WebSocketParser
  private var outgoing = OutgoingQueue()
  private var frame: [UInt8] = []
  private var heartbeat: Heartbeat?
  private var heartbeatTimer: LoopTimer?
  private var closeTimer: LoopTimer?
  private var isPaused = false
  private var isDelivering = false
  private var held: [SocketEvent] = []
  private var heldBytes = 0
  private var stoppedReading = false

  init(
    _ options: WebSocketRequest, core: LoopCore, handler: @escaping (SocketEvent) -> Void
  ) {
    self.options = options
    self.handler = handler
    parser = WebSocketParser(role: .client, limit: options.maximumMessage)
    var request = options.request
    request.method = "GET"
    request.body = []
    super.init(request, core: core)
  }

  // MARK: Opening

  override var connectionHeaders: HTTPHeaders {
    [
      "upgrade": "websocket", "connection": "Upgrade", "sec-websocket-key": key,
      "sec-websocket-version": "13",
    ]
  }

  override func answered(_ head: ResponseHead) {
    let headers = head.headers
    guard head.status == 101 else {
      state = .refused(HTTPRefusal(status: head.status, headers: headers))
      // A body that does not end must not keep the refusal from being told.
      closeTimer = after(options.closeTimeout, on: self) { $0.tellRefusal() }
      return
    }
    let flaw = WebSocketHandshake.flaw(
      key: key, upgrade: headers["upgrade"], connection: headers["connection"],
      accept: headers["sec-websocket-accept"], extensions: headers["sec-websocket-extensions"])
    if let flaw { return violated(1002, flaw) }
    if headers["content-length"] != nil || headers["transfer-encoding"] != nil {
      return violated(1002, "a body with status 101")
    }
    state = .open
    if let interval = options.pingInterval {
      heartbeat = Heartbeat(every: interval, patience: options.pongTimeout, at: .now)
      heartbeatTimer = after(interval, on: self) { $0.beat() }
    }
    deliver(.opened(headers, took: connectTimes))
    if !outgoing.isEmpty { wantWrite() }
  }

  private func tellRefusal() {
    guard case .refused(let refusal) = state else { return }
    fail(.upgradeRefused(refusal))
  }

  // MARK: Receiving

  override func received(_ bytes: UnsafeRawBufferPointer) {
    if case .refused(var refusal) = state {
      unsafe refusal.body.append(contentsOf: bytes.prefix(Self.refusalLimit - refusal.body.count))
      state = .refused(refusal)
      if refusal.body.count == Self.refusalLimit { tellRefusal() }
      return
    }
    heartbeat?.heard(at: .now)
    unsafe parser.receive(bytes) { event in
      switch event {
      case .text(let bytes): unsafe message(.text(Array(bytes)), bytes.count)
      case .binary(let bytes): unsafe message(.binary(Array(bytes)), bytes.count)
      case .ping(let payload): if case .open = state { write(.pong, payload) }
      case .pong: break
      case .close(let code, let reason): peerClosed(code, reason)
      case .violation(let code, let why): violated(code, why)
      }
    }
  }

  private func message(_ event: SocketEvent, _ count: Int) {
    // What comes after our close is nobody's concern any more.
    guard case .open = state else { return }
    if isPaused || !held.isEmpty {
      held.append(event)
      heldBytes += count
    } else {
      deliver(event)
    }
  }

  override var wantsToRead: Bool {
    stoppedReading = isPaused && heldBytes >= options.pausedReadAhead
    return !stoppedReading
  }

  func pause() { isPaused = true }

  func resume() {
    isPaused = false
    // A resume from within a delivery goes on where that one was.
    if isDelivering { return }
    while !isPaused, !held.isEmpty {
      var batch: [SocketEvent] = []
      swap(&batch, &held)
      var delivered = 0
      for event in batch where !isPaused {
        delivered += 1
        heldBytes -= event.size
        deliver(event)
      }
      held = Array(batch[delivered...]) + held
    }
    if !isPaused, stoppedReading {
      stoppedReading = false
      heartbeat?.heard(at: .now)
      readOn()
    }
  }

  override func bodyEnded() {
    if case .refused = state { tellRefusal() } else { streamEnded() }
  }

  override func streamEnded() {
    switch state {
    case .refused: tellRefusal()
    case .opening, .ended: break
    case .open:
      let inside = parser.isInsideMessage ? " inside a message" : ""
      finish(.failed(.lost(cause: "the stream ended\(inside) without a close frame")))
    case .closing: finish(.closed(code: nil, reason: ""))
    }
  }

  // MARK: Sending

  func send(_ kind: WebSocketOpcode, _ payload: [UInt8]) {
    switch state {
    case .opening, .open: write(kind, payload)
    case .refused, .closing, .ended: break
    }
  }

  private func write(_ kind: WebSocketOpcode, _ payload: [UInt8]) {
    WebSocketWriter.append(kind, payload, mask: newMask(), to: &frame)
    queueFrame()
  }

  private func queueFrame() {
    outgoing.append(frame)
    frame.removeAll(keepingCapacity: frame.capacity <= 1 << 16)
    if case .opening = state { return }
    wantWrite()
  }

  private func newMask() -> SIMD4<UInt8> {
    let bits = random.next()
    return SIMD4(
      UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
      UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 24))
  }

  override func writable() {
    guard phase == .answered else { return }
    let hadMuch = !outgoing.isEmpty
    flush(&outgoing)
    guard outgoing.isEmpty, hadMuch else { return }
    switch state {
    case .open: deliver(.drained)
    case .ended: wantWriteToEnd()
    default: break
    }
  }

  // MARK: Ending

  func close(code: UInt16, reason: String) {
    switch state {
    case .opening, .refused:
      state = .ended
      end()
      tellEnd(.closed(code: nil, reason: ""))
    case .open:
      writeClose(code, reason)
      state = .closing
      heartbeatTimer?.cancel()
      // Someone who closes listens no more: the peer's answer must not wait behind messages.
      held = []
      heldBytes = 0
      resume()
      closeTimer = after(options.closeTimeout, on: self) {
        $0.finish(.closed(code: nil, reason: ""))
      }
    case .closing, .ended: break
    }
  }

  func abandon() {
    state = .ended
    held = []
    handler = nil
    end()
  }

  override func cancelTimers() {
    heartbeatTimer?.cancel()
    closeTimer?.cancel()
  }

  private func writeClose(_ code: UInt16?, _ reason: String) {
    WebSocketWriter.appendClose(code: code, reason: reason, mask: newMask(), to: &frame)
    queueFrame()
  }

  private func peerClosed(_ code: UInt16?, _ reason: String) {
    if case .open = state { writeClose(code, "") }
    finish(.closed(code: code, reason: reason), flushing: true)
  }

  private func violated(_ code: UInt16, _ why: String) {
    if case .open = state { writeClose(code, why) }
    finish(
      .failed(.violation(closeCode: code, cause: why)),
      flushing: phase == .answered && head?.status == 101)
  }

  /// Tells the end, behind held messages; the socket goes once the last frame is out.
  private func finish(_ event: SocketEvent, flushing: Bool = false) {
    if case .ended = state { return }
    state = .ended
    heartbeatTimer?.cancel()
    closeTimer?.cancel()
    if flushing, !outgoing.isEmpty {
      closeTimer = after(options.closeTimeout, on: self) { $0.end() }
    } else {
      end()
    }
    if isPaused || !held.isEmpty { held.append(event) } else { tellEnd(event) }
  }

  /// One more turn of the loop, so that what libwebsockets kept of the last frame is out.
  private func wantWriteToEnd() {
    closeTimer?.cancel()
    closeTimer = after(.milliseconds(1), on: self) { socket in
      if unsafe socket.wsi != nil, unsafe lws_partial_buffered(socket.wsi) != 0 {
        socket.wantWriteToEnd()
      } else {
        socket.end()
      }
    }
  }

  override func failed(_ error: TransportError) {
    if case .ended = state { return }
    state = .ended
    heartbeatTimer?.cancel()
    closeTimer?.cancel()
    if error != .stopped, isPaused || !held.isEmpty {
      held.append(.failed(error))
    } else {
      tellEnd(.failed(error))
    }
  }

  private func beat() {
    guard case .open = state, var heart = heartbeat else { return }
    let (action, next) = heart.tick(isListening: !stoppedReading, at: .now)
    heartbeat = heart
    switch action {
    case .wait: break
    case .ping:
      write(.ping, [])
      deliver(.pinged)
    case .giveUp: return fail(.peerSilent)
    }
    heartbeatTimer = after(ContinuousClock.now.duration(to: next), on: self) { $0.beat() }
  }

  // MARK: Telling

  private func deliver(_ event: SocketEvent) {
    if event.isEnd { return tellEnd(event) }
    let wasDelivering = isDelivering
    isDelivering = true
    handler?(event)
    isDelivering = wasDelivering
  }

  private func tellEnd(_ event: SocketEvent) {
    let handler = handler
    self.handler = nil
    handler?(event)
  }
}

extension SocketEvent {
  fileprivate var size: Int {
    switch self {
    case .text(let bytes), .binary(let bytes): bytes.count
    case .opened, .drained, .pinged, .closed, .failed: 0
    }
  }

  fileprivate var isEnd: Bool {
    switch self {
    case .closed, .failed: true
    case .opened, .text, .binary, .drained, .pinged: false
    }
  }
}
