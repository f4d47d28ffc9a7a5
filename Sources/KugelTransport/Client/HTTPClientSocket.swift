import CWebSockets

/// One connection for HTTP, on the loop's thread: one exchange after the other, where both ends keep it.
///
/// libwebsockets makes the connection, writes the first request and reads the head of its answer. Asked a
/// second time, it would put all requests to a server behind each other; so all that follows that head is
/// written and read here.
@safe final class HTTPClientSocket: ClientSocket {
  private var transaction: HTTPTransaction?
  private var outgoing = OutgoingQueue()
  private var parser: ResponseParser
  private var stallTimer: LoopTimer?
  private var restTimer: LoopTimer?
  private var heardSinceTick = false
  /// Bytes have come that the parser does not have.
  private var hasMore = false

  init(_ transaction: HTTPTransaction, core: LoopCore) {
    self.transaction = transaction
    parser = ResponseParser(method: transaction.request.method)
    super.init(transaction.request, core: core)
    wantsToRead = transaction.wantsToRead
    outgoing.append(transaction.request.body)
  }

  override var connectionHeaders: HTTPHeaders {
    transaction?.connectionHeaders ?? super.connectionHeaders
  }

  override func writable() {
    guard phase == .asked || isRaw, !outgoing.isEmpty else { return }
    guard !isRaw else { return flush(&outgoing) }
    let isLast = outgoing.count <= 64 * 1024
    if isLast, let wsi = unsafe wsi { unsafe lws_client_http_body_pending(wsi, 0) }
    flush(&outgoing, as: isLast ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP)
  }

  // MARK: Reading

  override var readsItself: Bool { true }

  override func answered(_ head: ResponseHead) {
    transaction?.heardSomething()
    startStallTimer()
    if !head.isInterim { transaction?.tell(.head(head)) }
  }

  override func becameRaw() {
    if !outgoing.isEmpty { wantWrite() }
    guard phase == .answered, let head else { return }
    parser.begin(behind: head)
    readParsed()
  }

  override func take(_ bytes: UnsafeRawBufferPointer) {
    // Nobody asked for it.
    guard phase == .asked || phase == .answered else { return end() }
    heardSinceTick = true
    transaction?.heardSomething()
    for start in stride(from: 0, to: bytes.count, by: Self.slice) {
      unsafe parser.append(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(Self.slice)))
      hasMore = start + Self.slice < bytes.count
      readParsed()
    }
  }

  /// Larger pieces would be memory of their own, which the system clears for each of them.
  private static let slice = 32 * 1024

  private func readParsed() {
    while phase == .asked || phase == .answered {
      switch parser.next() {
      case .needsMore: return
      case .head(let head): readAgain(head)
      case .body(let piece): transaction?.tell(.body(piece))
      case .end: return bodyEnded()
      case .flaw(let why): return fail(.violation(closeCode: 1002, cause: why))
      }
    }
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

  /// How long the connection may wait to be asked again; nil when it is of no use.
  private var restPatience: Duration? {
    guard phase == .answered, outgoing.isEmpty, parser.isUntouched, !hasMore,
      let headers = head?.headers, !headers.lists("close", in: "connection")
    else { return nil }
    return transaction?.restPatience
  }

  override func streamEnded() {
    guard phase == .answered else { return }
    tellEnd(
      parser.isDelimited ? .failed(.lost(cause: "the body ended early")) : .finished)
  }

  override func failed(_ error: TransportError) { tellEnd(.failed(error)) }

  func resume() {
    heardSinceTick = true
    wantsToRead = true
  }

  // MARK: Ending

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

  // MARK: Asking again

  /// Asks again over a connection that rested.
  func ask(for transaction: HTTPTransaction) {
    restTimer?.cancel()
    self.transaction = transaction
    let request = transaction.request
    parser = ResponseParser(method: request.method)
    wantsToRead = transaction.wantsToRead
    outgoing.append(request.bytes(with: transaction.connectionHeaders))
    askAgain(patience: request.answerTimeout)
  }
}

extension ClientRequest {
  /// As it travels over a connection that is there.
  fileprivate func bytes(with connectionHeaders: HTTPHeaders) -> [UInt8] {
    let head = head(with: connectionHeaders)
    return Array("\(method) \(target) HTTP/1.1\r\nHost: \(authority)\r\n\(head)\r\n".utf8) + body
  }
}
