import CWebSockets

/// One connection for HTTP, on the loop's thread: one exchange after the other, where both ends keep it.
///
/// libwebsockets makes the connection and reads the first answer. It cannot ask a second time over a
/// connection of which it does not hold a queue, and its queue puts all requests to a server behind each
/// other; so the further ones are written and read here.
@safe final class HTTPClientSocket: ClientSocket {
  private var transaction: HTTPTransaction?
  private var outgoing = OutgoingQueue()
  private var stallTimer: LoopTimer?
  private var restTimer: LoopTimer?
  private var heardSinceTick = false
  /// Of the answers that are read here; nil while libwebsockets reads the first.
  private var parser: ResponseParser?

  init(_ transaction: HTTPTransaction, core: LoopCore) {
    self.transaction = transaction
    super.init(transaction.request, core: core)
    wantsToRead = transaction.wantsToRead
    outgoing.append(transaction.request.body)
  }

  override var connectionHeaders: HTTPHeaders {
    transaction?.restPatience != nil ? [:] : super.connectionHeaders
  }

  override func writable() {
    guard phase == .asked || phase == .answered, !outgoing.isEmpty else { return }
    guard parser == nil else { return flush(&outgoing) }
    let isLast = outgoing.count <= 64 * 1024
    if isLast, let wsi = unsafe wsi { unsafe lws_client_http_body_pending(wsi, 0) }
    flush(&outgoing, as: isLast ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP)
  }

  override func answered(_ head: ResponseHead) {
    transaction?.heardSomething()
    startStallTimer()
    transaction?.tell(.head(head))
    // libwebsockets ends only exchanges whose body has a length; these have none at all.
    if parser == nil, transaction?.request.method == "HEAD" || head.hasNoBody { endWithoutBody() }
  }

  override func received(_ bytes: UnsafeRawBufferPointer) {
    heardSinceTick = true
    unsafe transaction?.tell(.body(Array(bytes)))
  }

  func resume() {
    wantsToRead = true
    heardSinceTick = true
    readOn()
  }

  override func bodyEnded() {
    stallTimer?.cancel()
    if let patience = restPatience {
      rest()
      restTimer = after(patience, on: self) { $0.end() }
    } else {
      end()
    }
    tellEnd(.finished)
  }

  /// Whether libwebsockets would go on after such an answer is not known.
  private func endWithoutBody() {
    end()
    tellEnd(.finished)
  }

  /// How long the connection may wait to be asked again; nil when it is of no use.
  private var restPatience: Duration? {
    guard phase == .answered, outgoing.isEmpty, let headers = head?.headers,
      !headers.lists("close", in: "connection"), isDelimited(headers)
    else { return nil }
    return transaction?.restPatience
  }

  /// Whether the end of the body is known without the stream's.
  private func isDelimited(_ headers: HTTPHeaders) -> Bool {
    headers["content-length"] != nil || headers["transfer-encoding"] != nil
      || parser != nil && head?.hasNoBody == true
  }

  override func streamEnded() {
    guard phase != .resting, let headers = head?.headers else { return }
    tellEnd(isDelimited(headers) ? .failed(.lost(cause: "the body ended early")) : .finished)
  }

  override func failed(_ error: TransportError) { tellEnd(.failed(error)) }

  override func cancelTimers() {
    stallTimer?.cancel()
    restTimer?.cancel()
  }

  func abandon() {
    transaction = nil
    end()
  }

  private func startStallTimer() {
    guard let stallTimeout = transaction?.stallTimeout else { return }
    heardSinceTick = false
    stallTimer?.cancel()
    stallTimer = after(stallTimeout, on: self) { socket in
      guard socket.heardSinceTick || !socket.wantsToRead else {
        return socket.fail(.lost(cause: "the body stalled"))
      }
      socket.startStallTimer()
    }
  }

  private func tellEnd(_ event: HTTPExchangeEvent) {
    stallTimer?.cancel()
    let transaction = transaction
    self.transaction = nil
    transaction?.end(event)
  }

  // MARK: The second answer, and those behind it

  /// Asks again over a connection that rested.
  func ask(for transaction: HTTPTransaction) {
    restTimer?.cancel()
    self.transaction = transaction
    let request = transaction.request
    parser = ResponseParser(method: request.method)
    wantsToRead = transaction.wantsToRead
    outgoing.append(request.bytes)
    askAgain(patience: request.answerTimeout)
  }

  override var readsItself: Bool { phase == .resting || parser != nil }

  override func take(_ bytes: UnsafeRawBufferPointer) {
    // Nobody asked for it.
    guard parser != nil, phase != .resting else { return end() }
    transaction?.heardSomething()
    unsafe parser?.append(bytes)
    while phase == .asked || phase == .answered, let event = parser?.next() {
      switch event {
      case .needsMore: return
      case .head(let head): readAgain(head)
      case .body(let piece):
        heardSinceTick = true
        transaction?.tell(.body(piece))
      case .end: return bodyEnded()
      case .flaw(let why): return fail(.violation(closeCode: 1002, cause: why))
      }
    }
  }
}

extension ClientRequest {
  /// As it travels over a connection that is there.
  fileprivate var bytes: [UInt8] {
    Array("\(method) \(target) HTTP/1.1\r\nhost: \(authority)\r\n\(head(with: [:]))\r\n".utf8)
      + body
  }
}
