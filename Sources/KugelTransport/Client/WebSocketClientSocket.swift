import CWebSockets

/// The socket of a `WebSocketConnection`, on the loop's thread: the upgrade, and what carries the frames.
///
/// libwebsockets' own receiver takes frames apart byte by byte. So its HTTP client carries the
/// connection, and frames are read and written here.
@safe final class WebSocketClientSocket: ClientSocket {
  private static let refusalLimit = 64 * 1024

  private let options: WebSocketRequest
  private let key = WebSocketHandshake.key((0..<16).map { _ in .random(in: 0...255) })
  private var driver: WebSocketDriver?
  private var outgoing = OutgoingQueue()
  /// An answer other than 101, whose body is awaited.
  private var refusal: HTTPRefusal?
  private var endTimer: LoopTimer?
  private var isLeaving = false

  init(
    _ options: WebSocketRequest, core: LoopCore, caughtUp: @escaping () -> Void = {},
    handler: @escaping (SocketEvent) -> Void
  ) {
    self.options = options
    var request = options.request
    request.isUpgrade = true
    request.method = "GET"
    request.body = []
    super.init(request, core: core)
    driver = WebSocketDriver(
      client: options.limits, maximumMessage: options.maximumMessage, on: self,
      inbox: core.inbox, caughtUp: caughtUp, handler: handler)
  }

  // MARK: For the handle

  func send(_ kind: WebSocketOpcode, _ payload: [UInt8]) { driver?.send(kind, payload) }
  func close(code: UInt16, reason: String) { driver?.close(code, reason) }
  func pause() { driver?.pause() }
  func resume() { driver?.resume() }
  func abandon() { driver?.abandon() }

  // MARK: The upgrade

  override var connectionHeaders: HTTPHeaders {
    [
      "upgrade": "websocket", "connection": "Upgrade", "sec-websocket-key": key,
      "sec-websocket-version": "13",
    ]
  }

  override func answered(_ head: ResponseHead) {
    let headers = head.headers
    guard head.status == 101 else {
      refusal = HTTPRefusal(status: head.status, headers: headers)
      // A body that does not end must not keep the refusal from being told.
      endTimer = after(options.closeTimeout, on: self) { $0.tellRefusal() }
      return
    }
    let flaw = WebSocketHandshake.flaw(
      key: key, upgrade: headers["upgrade"], connection: headers["connection"],
      accept: headers["sec-websocket-accept"], extensions: headers["sec-websocket-extensions"])
    if let flaw { return fail(.violation(closeCode: 1002, cause: flaw)) }
    if headers["content-length"] != nil || headers["transfer-encoding"] != nil {
      return fail(.violation(closeCode: 1002, cause: "a body with status 101"))
    }
    driver?.opened(headers, took: connectTimes)
    if !outgoing.isEmpty { wantWrite() }
  }

  private func tellRefusal() {
    if let refusal { fail(.upgradeRefused(refusal)) }
  }

  // MARK: The stream

  override func received(_ bytes: UnsafeRawBufferPointer) {
    guard var refused = refusal else {
      unsafe driver?.received(bytes)
      return
    }
    unsafe refused.body.append(contentsOf: bytes.prefix(Self.refusalLimit - refused.body.count))
    refusal = refused
    if refused.body.count == Self.refusalLimit { tellRefusal() }
  }

  override func bodyEnded() { streamEnded() }

  override func streamEnded() {
    tellRefusal()
    driver?.streamEnded()
  }

  override func failed(_ error: TransportError) { driver?.failed(error) }
  override func cancelTimers() { endTimer?.cancel() }

  override func writable() {
    guard phase == .answered, refusal == nil, !outgoing.isEmpty else { return }
    let before = outgoing.count
    flush(&outgoing)
    driver?.sent(before - outgoing.count)
    if isLeaving, outgoing.isEmpty { endOnceWritten() }
  }

  /// What libwebsockets kept of the last frame goes out first.
  private func endOnceWritten() {
    guard unsafe wsi != nil, unsafe lws_partial_buffered(wsi) != 0 else { return end() }
    endTimer?.cancel()
    endTimer = after(.milliseconds(1), on: self) { $0.endOnceWritten() }
  }
}

extension WebSocketClientSocket: WebSocketCarrier {
  func write(_ frame: [UInt8]) {
    outgoing.append(frame)
    if phase == .answered, refusal == nil { wantWrite() }
  }

  func read(_ goesOn: Bool) {
    wantsToRead = goesOn
    if goesOn { readOn() }
  }

  func leave() {
    guard !outgoing.isEmpty else { return endOnceWritten() }
    isLeaving = true
    endTimer?.cancel()
    endTimer = after(options.closeTimeout, on: self) { $0.end() }
  }

  func drop() { end() }
}
