/// The WebSocket behind a `ServerWebSocket`, on the loop's thread.
final class WebSocketServerSession {
  private enum State { case open, closing, ended }

  private unowned let socket: ServerSocket
  private let options: ListenerOptions
  private var handle: ServerWebSocket?
  private var handler: ((SocketEvent) -> Void)?
  private var parser: WebSocketParser
  private var state = State.open
  private var heartbeat: Heartbeat?
  private var heartbeatTimer: LoopTimer?
  private var closeTimer: LoopTimer?
  private var isPaused = false
  private var wasFull = false
  /// Bytes of the answer to the upgrade, sent before any frame.
  private var headBytes: Int

  init(_ socket: ServerSocket) {
    self.socket = socket
    options = socket.service.options
    parser = WebSocketParser(role: .service, limit: options.maximumMessage)
    headBytes = socket.queued
  }

  func begin(_ serve: (ServerWebSocket) -> @Sendable (SocketEvent) -> Void) {
    let handle = ServerWebSocket(self, inbox: socket.core.inbox)
    self.handle = handle
    if let interval = options.pingInterval {
      heartbeat = Heartbeat(every: interval, patience: options.pongTimeout, at: .now)
      scheduleBeat(after: interval)
    }
    handler = serve(handle)
  }

  // MARK: Receiving

  func received(_ bytes: UnsafeRawBufferPointer) {
    heartbeat?.heard(at: .now)
    unsafe parser.receive(bytes) { event in
      switch event {
      case .text(let bytes): unsafe message(.text(Array(bytes)))
      case .binary(let bytes): unsafe message(.binary(Array(bytes)))
      case .ping(let payload): if state == .open { control(.pong, payload) }
      case .pong: break
      case .close(let code, let reason): peerClosed(code, reason)
      case .violation(let code, let why): violated(code, why)
      }
    }
  }

  private func message(_ event: SocketEvent) {
    // What comes after our close is nobody's concern any more.
    if state == .open { handler?(event) }
  }

  func pause() {
    guard state == .open else { return }
    isPaused = true
    socket.pauseReceiving()
  }

  func resume() {
    guard isPaused, state != .ended else { return }
    isPaused = false
    heartbeat?.heard(at: .now)
    socket.resumeReceiving()
  }

  // MARK: Sending

  func send(_ frame: [UInt8]) {
    guard state == .open else {
      handle?.sent(frame.count)
      return
    }
    socket.send(frame)
    if socket.queued > options.drainMark { wasFull = true }
  }

  private func control(_ kind: WebSocketOpcode, _ payload: [UInt8]) {
    var frame: [UInt8] = []
    WebSocketWriter.append(kind, payload, mask: nil, to: &frame)
    handle?.queue(frame)
  }

  /// `count` bytes have left the queue.
  func sent(_ count: Int) {
    let ofHead = min(headBytes, count)
    headBytes -= ofHead
    handle?.sent(count - ofHead)
    if wasFull, socket.queued <= options.drainMark {
      wasFull = false
      if state == .open { handler?(.drained) }
    }
  }

  // MARK: Ending

  func close(_ code: UInt16, _ reason: String) {
    guard state == .open else { return }
    writeClose(code, reason)
    state = .closing
    heartbeatTimer?.cancel()
    resume()
    closeTimer = socket.after(options.closeTimeout, on: socket) { [bound] _ in
      bound.use { $0.finish(.closed(code: nil, reason: "")) }
    }
  }

  func abort() {
    guard state != .ended else { return }
    cancelTimers()
    state = .ended
    handler = nil
    handle = nil
    socket.abort()
  }

  private func writeClose(_ code: UInt16?, _ reason: String) {
    var frame: [UInt8] = []
    WebSocketWriter.appendClose(code: code, reason: reason, mask: nil, to: &frame)
    handle?.queue(frame)
  }

  private func peerClosed(_ code: UInt16?, _ reason: String) {
    if state == .open { writeClose(code, "") }
    finish(.closed(code: code, reason: reason))
  }

  private func violated(_ code: UInt16, _ why: String) {
    if state == .open { writeClose(code, why) }
    finish(.failed(.violation(closeCode: code, cause: why)))
  }

  /// Tells the end; the socket goes once the last frame is out.
  private func finish(_ event: SocketEvent) {
    guard state != .ended else { return }
    socket.leaveAfterSending()
    tell(event)
  }

  /// The socket is gone.
  func streamEnded() {
    switch state {
    case .open:
      let inside = parser.isInsideMessage ? " inside a message" : ""
      tell(.failed(.lost(cause: "the stream ended\(inside) without a close frame")))
    case .closing: tell(.closed(code: nil, reason: ""))
    case .ended: break
    }
  }

  func fail(_ error: TransportError) {
    guard state != .ended else { return }
    tell(.failed(error))
    socket.abort()
  }

  private func tell(_ event: SocketEvent) {
    guard state != .ended else { return }
    cancelTimers()
    state = .ended
    let handler = handler
    self.handler = nil
    // The handle keeps us, and we it: one must let go.
    handle = nil
    handler?(event)
  }

  private func cancelTimers() {
    heartbeatTimer?.cancel()
    closeTimer?.cancel()
  }

  private var bound: LoopBound<WebSocketServerSession> { LoopBound(self, of: socket.core.inbox) }

  private func scheduleBeat(after delay: Duration) {
    heartbeatTimer = socket.after(delay, on: socket) { [bound] _ in bound.use { $0.beat() } }
  }

  private func beat() {
    guard state == .open, var heart = heartbeat else { return }
    let (action, next) = heart.tick(isListening: !isPaused, at: .now)
    heartbeat = heart
    switch action {
    case .wait: break
    case .ping: control(.ping, [])
    case .giveUp: return fail(.peerSilent)
    }
    scheduleBeat(after: ContinuousClock.now.duration(to: next))
  }
}
