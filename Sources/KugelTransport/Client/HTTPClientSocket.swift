import CWebSockets

/// The exchange behind an `HTTPExchange`, on the loop's thread.
@safe final class HTTPClientSocket: ClientSocket {
  private let stallTimeout: Duration?
  private var handler: ((HTTPExchangeEvent) -> Void)?
  private var outgoing = OutgoingQueue()
  private var stallTimer: LoopTimer?
  private var heardSinceTick = false

  init(
    _ request: ClientRequest, stallTimeout: Duration?, core: LoopCore,
    handler: @escaping (HTTPExchangeEvent) -> Void
  ) {
    self.stallTimeout = stallTimeout
    self.handler = handler
    super.init(request, core: core)
    outgoing.append(request.body)
  }

  override func writable() {
    guard phase == .asked, !outgoing.isEmpty else { return }
    let isLast = outgoing.count <= 64 * 1024
    if isLast, let wsi = unsafe wsi { unsafe lws_client_http_body_pending(wsi, 0) }
    flush(&outgoing, as: isLast ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP)
  }

  override func answered(_ head: ResponseHead) {
    startStallTimer()
    handler?(.head(head))
    // libwebsockets ends only exchanges whose body has a length; these have none at all.
    let status = head.status
    if request.method == "HEAD" || status == 204 || status == 304 { bodyEnded() }
  }

  override func received(_ bytes: UnsafeRawBufferPointer) {
    heardSinceTick = true
    unsafe handler?(.body(Array(bytes)))
  }

  func pause() { wantsToRead = false }

  func resume() {
    guard !wantsToRead else { return }
    wantsToRead = true
    heardSinceTick = true
    readOn()
  }

  override func bodyEnded() {
    end()
    tellEnd(.finished)
  }

  override func streamEnded() {
    guard let headers = head?.headers else { return }
    let isDelimited = headers["content-length"] != nil || headers["transfer-encoding"] != nil
    tellEnd(isDelimited ? .failed(.lost(cause: "the body ended early")) : .finished)
  }

  override func failed(_ error: TransportError) { tellEnd(.failed(error)) }

  private func startStallTimer() {
    guard let stallTimeout else { return }
    stallTimer = after(stallTimeout, on: self) { socket in
      guard socket.heardSinceTick || !socket.wantsToRead else {
        return socket.fail(.lost(cause: "the body stalled"))
      }
      socket.heardSinceTick = false
      socket.startStallTimer()
    }
  }

  override func cancelTimers() {
    stallTimer?.cancel()
  }

  func abandon() {
    handler = nil
    end()
  }

  private func tellEnd(_ event: HTTPExchangeEvent) {
    stallTimer?.cancel()
    let handler = handler
    self.handler = nil
    handler?(event)
  }
}
