/// One WebSocket from its opening to its end, whichever end is ours: what is sent, what is told and
/// whether more is read.
///
/// Pure: opens nothing, reads no clock, sees no bytes of frames. Report each event with its time, perform
/// the returned actions in order, tell what `nextDelivery` gives out, and read on as `wantsToRead` says.
/// `deadline` says when `tick` is due.
///
/// Source: RFC 6455, sections 5.5 and 7.
struct WebSocketMachine {
  enum Event: Equatable {
    /// The service agreed to the upgrade; a service's own end begins open.
    case opened(HTTPHeaders, took: ConnectTimings)
    /// Bytes came, whatever they hold: a sign of life.
    case heard
    /// `text` or `binary`, whole.
    case message(SocketEvent)
    case ping([UInt8])
    case peerClosed(code: UInt16?, reason: String)
    /// The peer broke the rules; `code` is what it is told.
    case violation(code: UInt16, why: String)
    case streamEnded(insideMessage: Bool)
    case failed(TransportError)
    case send(WebSocketOpcode, [UInt8])
    case close(code: UInt16, reason: String)
    /// Ends at once; nothing more is told.
    case abandon
    case pause
    case resume
    /// So many bytes of what was written are with the system.
    case sent(Int)
    case tick
  }

  enum Action: Equatable {
    /// One frame, behind those written before.
    case write(WebSocketOpcode, [UInt8])
    /// The end of the socket, once what was written is with the system.
    case leave
    /// The end of the socket at once.
    case drop
  }

  private enum State {
    /// What is sent already waits for the answer.
    case opening
    case open(Heartbeat?)
    /// Our close is written; the peer's is awaited, but not for ever.
    case closing(until: ContinuousClock.Instant)
    case over
  }

  /// The answer to pings. At most one is written and not yet sent, so that a peer who asks and does not
  /// listen piles up nothing; of the pings that come meanwhile only the newest is answered, which is all
  /// that RFC 6455 wants (5.5.3).
  private enum Pong {
    case none
    /// Bytes that leave before it, and itself; and the payload of the ping that came since.
    case underWay(left: Int, next: [UInt8]?)
  }

  private let role: WebSocketRole
  private let limits: WebSocketLimits
  private var state: State
  private var pong = Pong.none
  private var deliveries = WebSocketDeliveries()
  private var isPaused = false
  /// Bytes written and not yet with the system.
  private var unsent: Int
  /// More than the mark was unsent, and `drained` is due when that has changed.
  private var wasFull = false
  /// So much was unsent that reading waits.
  private var isClogged = false

  /// A client's end, before the answer to its upgrade.
  init(client limits: WebSocketLimits) {
    role = .client
    self.limits = limits
    state = .opening
    unsent = 0
  }

  /// A service's end, once it has agreed to the upgrade.
  ///
  /// - Parameter head: bytes of that answer, which are written and unsent.
  init(service limits: WebSocketLimits, head: Int, at now: ContinuousClock.Instant) {
    role = .service
    self.limits = limits
    state = .open(limits.heartbeat(at: now))
    unsent = head
  }

  // MARK: Asking

  /// Whether what is sent now has a way to go.
  var takesMessages: Bool {
    switch state {
    case .opening, .open: true
    case .closing, .over: false
    }
  }

  /// Whether frames may go out; before, they wait.
  var isOpening: Bool {
    if case .opening = state { true } else { false }
  }

  /// Whether what comes next is told at once.
  var isReady: Bool { !isPaused && wantsToRead }

  /// Whether to read on.
  var wantsToRead: Bool { hasRoom(limits.readAhead) }

  /// Whether to go on in the middle of what was read. What is there already is taken in a little beyond
  /// the limit: to stop within it means to copy its rest.
  var wantsToParse: Bool { hasRoom(2 * limits.readAhead) }

  private func hasRoom(_ limit: Int) -> Bool {
    guard case .open = state else { return true }
    if isClogged { return false }
    return !(isPaused || deliveries.waitsForListener) || deliveries.waitingBytes < limit
  }

  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? {
    switch state {
    case .open(let heartbeat): heartbeat?.due
    case .closing(let until): until
    case .opening, .over: nil
    }
  }

  /// What the listener is to be told next, nil when that is nothing for now. The end comes last.
  mutating func nextDelivery() -> SocketEvent? { deliveries.next(isPaused: isPaused) }

  // MARK: Events

  mutating func receive(_ event: Event, at now: ContinuousClock.Instant) -> [Action] {
    switch event {
    case .opened(let headers, let took): return opened(headers, took, at: now)
    case .heard: return heard(at: now)
    case .message(let message):
      // What comes after our close is nobody's concern any more.
      if case .open = state { deliveries.add(message: message) }
      return []
    case .ping(let payload): return pinged(payload)
    case .peerClosed(let code, let reason): return peerClosed(code, reason)
    case .violation(let code, let why): return violated(code, why)
    case .streamEnded(let insideMessage): return streamEnded(insideMessage)
    case .failed(let error): return failed(error)
    case .send(let kind, let payload): return takesMessages ? [write(kind, payload)] : []
    case .close(let code, let reason): return close(code, reason, at: now)
    case .abandon:
      deliveries.forgetAll()
      return end(nil, .drop)
    case .pause:
      isPaused = true
      return []
    case .resume:
      isPaused = false
      return heard(at: now)
    case .sent(let count): return sent(count)
    case .tick: return tick(at: now)
    }
  }

  private mutating func opened(
    _ headers: HTTPHeaders, _ took: ConnectTimings, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard case .opening = state else { return [] }
    state = .open(limits.heartbeat(at: now))
    deliveries.add(news: .opened(headers, took: took))
    return []
  }

  private mutating func heard(at now: ContinuousClock.Instant) -> [Action] {
    guard case .open(var heartbeat) = state else { return [] }
    heartbeat?.heard(at: now)
    state = .open(heartbeat)
    return []
  }

  // MARK: Writing

  private mutating func write(_ kind: WebSocketOpcode, _ payload: [UInt8]) -> Action {
    unsent += WebSocketWriter.size(of: kind, payload, from: role)
    if unsent > limits.drainMark { wasFull = true }
    if let mark = limits.unsentMark, unsent > mark { isClogged = true }
    return .write(kind, payload)
  }

  private mutating func pinged(_ payload: [UInt8]) -> [Action] {
    guard case .open = state else { return [] }
    guard case .underWay(let left, _) = pong else { return [answerPing(payload)] }
    pong = .underWay(left: left, next: payload)
    return []
  }

  private mutating func answerPing(_ payload: [UInt8]) -> Action {
    let action = write(.pong, payload)
    pong = .underWay(left: unsent, next: nil)
    return action
  }

  private mutating func sent(_ count: Int) -> [Action] {
    unsent -= count
    if wasFull, unsent <= limits.drainMark {
      wasFull = false
      if case .open = state { deliveries.add(news: .drained) }
    }
    if let mark = limits.unsentMark, unsent <= mark / 2 { isClogged = false }
    guard case .underWay(let left, let next) = pong else { return [] }
    pong = left > count ? .underWay(left: left - count, next: next) : .none
    guard left <= count, let next, case .open = state else { return [] }
    return [answerPing(next)]
  }

  // MARK: Ending

  private mutating func close(
    _ code: UInt16, _ reason: String, at now: ContinuousClock.Instant
  ) -> [Action] {
    switch state {
    case .opening: return end(.closed(code: nil, reason: ""), .drop)
    case .open:
      let action = writeClose(code, reason)
      state = .closing(until: now + limits.closeTimeout)
      // Someone who closes listens no more: the peer's answer must not wait behind messages.
      deliveries.forgetMessages()
      isPaused = false
      return [action]
    case .closing, .over: return []
    }
  }

  private mutating func writeClose(_ code: UInt16?, _ reason: String) -> Action {
    write(.close, WebSocketWriter.closePayload(code: code, reason: reason))
  }

  private mutating func peerClosed(_ code: UInt16?, _ reason: String) -> [Action] {
    var answer: [Action] = []
    if case .open = state { answer = [writeClose(code, "")] }
    return answer + end(.closed(code: code, reason: reason), .leave)
  }

  private mutating func violated(_ code: UInt16, _ why: String) -> [Action] {
    var answer: [Action] = []
    if case .open = state { answer = [writeClose(code, why)] }
    return answer + end(.failed(.violation(closeCode: code, cause: why)), .leave)
  }

  private mutating func streamEnded(_ insideMessage: Bool) -> [Action] {
    switch state {
    case .open:
      let inside = insideMessage ? " inside a message" : ""
      return end(.failed(.lost(cause: "the stream ended\(inside) without a close frame")), .drop)
    case .closing: return end(.closed(code: nil, reason: ""), .drop)
    case .opening, .over: return []
    }
  }

  private mutating func failed(_ error: TransportError) -> [Action] {
    if case .over = state { return [] }
    // With the loop goes whoever could ask for the rest.
    if error == .stopped {
      deliveries.forgetAll()
      isPaused = false
    }
    return end(.failed(error), .drop)
  }

  private mutating func tick(at now: ContinuousClock.Instant) -> [Action] {
    switch state {
    case .opening, .over: return []
    case .closing(let until):
      return now < until ? [] : end(.closed(code: nil, reason: ""), .leave)
    case .open(var heartbeat):
      let beat = heartbeat?.tick(isListening: wantsToRead, at: now)
      state = .open(heartbeat)
      switch beat {
      case nil, .wait: return []
      case .ping:
        deliveries.add(news: .pinged)
        return [write(.ping, [])]
      case .giveUp: return failed(.peerSilent)
      }
    }
  }

  /// - Parameter last: nil when nobody is to hear of it.
  private mutating func end(_ last: SocketEvent?, _ action: Action) -> [Action] {
    if case .over = state { return action == .drop && last == nil ? [.drop] : [] }
    state = .over
    if let last { deliveries.add(end: last) }
    return [action]
  }
}

/// What a `WebSocketMachine` keeps to.
struct WebSocketLimits {
  /// Nil sends no pings, and notices no dead peer.
  var pingInterval: Duration?
  /// How long nothing at all may come after a ping.
  var pongTimeout: Duration
  /// How long to wait for the peer's half of the closing handshake.
  var closeTimeout: Duration
  /// Bytes of messages to take while paused; 0 reads nothing then.
  var readAhead: Int
  /// `drained` comes when what is unsent falls to so many bytes.
  var drainMark: Int
  /// Bytes; with more of them unsent nothing is read, so that a peer who asks and does not listen
  /// piles up nothing. Nil where what is sent does not follow from what is read: two ends that both
  /// waited for the other to read would wait for ever.
  var unsentMark: Int?

  func heartbeat(at now: ContinuousClock.Instant) -> Heartbeat? {
    pingInterval.map { Heartbeat(every: $0, patience: pongTimeout, at: now) }
  }
}
