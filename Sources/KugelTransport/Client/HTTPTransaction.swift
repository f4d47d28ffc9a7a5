/// One exchange on the loop's thread: over a connection that was kept, or a new one.
final class HTTPTransaction {
  let request: ClientRequest
  let stallTimeout: Duration?
  private let core: LoopCore
  private let kept: KeptConnections?
  private var handler: ((HTTPExchangeEvent) -> Void)?
  private var socket: HTTPClientSocket?
  /// A kept connection may have been given up at the other end before the request arrived: without an
  /// answer's first byte it is asked again. Source: RFC 9112, section 9.3.1.
  private var mayRepeat = false
  private(set) var wantsToRead = true

  init(
    _ request: ClientRequest, stallTimeout: Duration?, kept: KeptConnections?, core: LoopCore,
    handler: @escaping (HTTPExchangeEvent) -> Void
  ) {
    self.request = request
    self.stallTimeout = stallTimeout
    self.kept = kept
    self.core = core
    self.handler = handler
  }

  /// How long a connection may wait for its next request; nil: not at all.
  var restPatience: Duration? { kept?.patience }
  /// Servers of HTTP/1.0 keep a connection when they are asked to.
  var connectionHeaders: HTTPHeaders { ["connection": kept == nil ? "close" : "keep-alive"] }

  func start() {
    if let socket = kept?.take() {
      self.socket = socket
      mayRepeat = true
      socket.ask(for: self)
    } else {
      connect()
    }
  }

  private func connect() {
    mayRepeat = false
    let made = HTTPClientSocket(self, core: core)
    socket = made
    made.start()
  }

  func pause() {
    wantsToRead = false
    socket?.wantsToRead = false
  }

  func resume() {
    guard !wantsToRead else { return }
    wantsToRead = true
    socket?.resume()
  }

  /// Ends at once, without a further event. What is half read cannot be kept.
  func abandon() {
    handler = nil
    let socket = socket
    self.socket = nil
    socket?.abandon()
  }

  // MARK: Of its socket

  func heardSomething() { mayRepeat = false }

  func tell(_ event: HTTPExchangeEvent) { handler?(event) }

  /// The last event; the socket goes on without us.
  func end(_ event: HTTPExchangeEvent) {
    let socket = socket
    self.socket = nil
    if case .failed(.lost) = event, mayRepeat, handler != nil { return connect() }
    if case .finished = event, let socket, let kept, socket.phase == .resting,
      !kept.keep(socket)
    {
      socket.end()
    }
    let handler = handler
    self.handler = nil
    handler?(event)
  }
}
