import Synchronization

/// What carries the bytes of a WebSocket: a socket of the loop.
protocol WebSocketCarrier: AnyObject {
  /// Queues a frame.
  func write(_ frame: [UInt8])
  /// Whether bytes are to be read. Bytes may come from within.
  func read(_ goesOn: Bool)
  /// Ends the socket once what is queued is with the system.
  func leave()
  /// Ends the socket.
  func drop()
}

/// A WebSocket on the loop's thread, whichever end is ours: reads and writes frames, and performs what
/// the machine decides.
final class WebSocketDriver {
  private weak var carrier: (any WebSocketCarrier)?
  private let inbox: LoopInbox
  private var machine: WebSocketMachine
  private var parser: WebSocketParser
  private let role: WebSocketRole
  /// Bytes written and not yet with the system, for whoever counts them on other threads.
  private let pending: ByteCount?
  private var handler: ((SocketEvent) -> Void)?
  /// Called behind the messages of one piece, when there were any.
  private var caughtUp: (() -> Void)?
  /// A message was told, and that not yet.
  private var isBehind = false
  /// It will be, at the end of the loop's round or some rounds later.
  private var isAwaited = false
  private var frame: [UInt8] = []
  private var random = SystemRandomNumberGenerator()
  /// Frames that are taken before others have their turn: the loop is everybody's, and a peer can send
  /// thousands in one piece.
  private static let framesInTurn = 256
  /// Of what was read: behind the frame at which reading was to stop.
  private var unread = UnreadBytes()
  private var awaitsTurn = false
  private var isParsing = false
  /// Also before there is anybody to tell.
  private var isTelling: Bool
  private var isReading = true
  private lazy var alarm = LoopAlarm(self, inbox: inbox) { $0.receive(.tick) }

  /// A client's end; `answered` follows.
  init(
    client limits: WebSocketLimits, maximumMessage: Int, on carrier: any WebSocketCarrier,
    inbox: LoopInbox, caughtUp: @escaping () -> Void = {},
    handler: @escaping (SocketEvent) -> Void
  ) {
    self.carrier = carrier
    self.inbox = inbox
    self.caughtUp = caughtUp
    self.handler = handler
    role = .client
    isTelling = false
    pending = nil
    machine = WebSocketMachine(client: limits)
    parser = WebSocketParser(role: .client, limit: maximumMessage)
  }

  /// A service's end; `begin` follows.
  ///
  /// - Parameter head: bytes of the answer to the upgrade, queued before any frame.
  init(
    service limits: WebSocketLimits, maximumMessage: Int, head: Int, pending: ByteCount,
    on carrier: any WebSocketCarrier, inbox: LoopInbox
  ) {
    self.carrier = carrier
    self.inbox = inbox
    self.pending = pending
    role = .service
    isTelling = true
    machine = WebSocketMachine(service: limits, head: head, at: .now)
    parser = WebSocketParser(role: .service, limit: maximumMessage)
    pending.add(head)
  }

  func begin(_ handler: @escaping (SocketEvent) -> Void) {
    self.handler = handler
    isTelling = false
    settle()
  }

  // MARK: For the carrier

  var isOpening: Bool { machine.isOpening }

  func opened(_ headers: HTTPHeaders, took: ConnectTimings) {
    receive(.opened(headers, took: took))
  }

  func received(_ bytes: UnsafeRawBufferPointer) {
    guard unread.isEmpty, !isParsing else {
      unsafe unread.append(contentsOf: bytes)
      return
    }
    for action in machine.receive(.heard, at: .now) { perform(action) }
    let used = unsafe parse(bytes)
    if used < bytes.count { unsafe unread.append(contentsOf: bytes[used...]) }
    settle()
  }

  /// So many of the queued bytes are with the system.
  func sent(_ count: Int) {
    pending?.subtract(count)
    receive(.sent(count))
  }

  func streamEnded() { receive(.streamEnded(insideMessage: parser.isInsideMessage)) }
  func failed(_ error: TransportError) { receive(.failed(error)) }

  // MARK: For the owner

  /// Sends one message; `pending`, where there is one, counts its frame already.
  func send(_ kind: WebSocketOpcode, _ payload: [UInt8]) {
    pending?.subtract(WebSocketWriter.size(of: kind, payload, from: role))
    receive(.send(kind, payload))
  }

  func close(_ code: UInt16, _ reason: String) { receive(.close(code: code, reason: reason)) }
  /// Tells nothing more, not even the end.
  func abandon() {
    receive(.abandon)
    // They hold what answers, and that holds us.
    (handler, caughtUp) = (nil, nil)
  }
  func pause() { receive(.pause) }
  func resume() { receive(.resume) }

  // MARK: The machine

  private func receive(_ event: WebSocketMachine.Event) {
    for action in machine.receive(event, at: .now) { perform(action) }
    settle()
  }

  /// One of many that came in one piece.
  private func receive(_ event: WebSocketMachine.Event, at now: ContinuousClock.Instant) {
    for action in machine.receive(event, at: now) { perform(action) }
    deliver()
  }

  private func perform(_ action: WebSocketMachine.Action) {
    switch action {
    case .write(let kind, let payload):
      let mask = role == .client ? newMask() : nil
      WebSocketWriter.append(kind, payload, mask: mask, to: &frame)
      pending?.add(frame.count)
      carrier?.write(frame)
      frame.removeAll(keepingCapacity: frame.capacity <= 1 << 16)
    case .leave: carrier?.leave()
    case .drop: carrier?.drop()
    }
  }

  /// Tells what is to be told, reads on or stops, and waits for what is next.
  private func settle() {
    deliver()
    // Whoever parses comes here afterwards.
    guard !isParsing else { return }
    adjustReading()
    alarm.set(machine.deadline)
  }

  private func deliver() {
    guard !isTelling else { return }
    isTelling = true
    while true {
      while let event = machine.nextDelivery() { tell(event) }
      guard isBehind, !isParsing, !waitsForMore() else { break }
      isBehind = false
      // It may be what goes on after a pause.
      caughtUp?()
    }
    if handler == nil, !isBehind { caughtUp = nil }
    isTelling = false
  }

  /// Whether what was told may be taken together with what is read next.
  private func waitsForMore() -> Bool {
    guard let core = LoopCore.current, core.gathers, handler != nil, machine.isReady, unread.isEmpty
    else { return false }
    if !isAwaited {
      isAwaited = true
      core.whenRead { [weak self] in self?.catchUp() }
    }
    return true
  }

  private func catchUp() {
    isAwaited = false
    guard isBehind, !isTelling else { return }
    isBehind = false
    isTelling = true
    caughtUp?()
    isTelling = false
    settle()
  }

  private func tell(_ event: SocketEvent) {
    let handler = handler
    if event.isEnd { self.handler = nil }
    isBehind = isBehind || event.isMessage
    handler?(event)
  }

  private func adjustReading() {
    guard !isTelling else { return }
    if machine.wantsToRead, !unread.isEmpty, !awaitsTurn {
      awaitsTurn = true
      let bound = LoopBound(self, of: inbox)
      inbox.post { bound.use { $0.turnCame() } }
    }
    let wantsMore = machine.wantsToRead && unread.isEmpty
    guard wantsMore != isReading else { return }
    isReading = wantsMore
    carrier?.read(wantsMore)
  }

  private func turnCame() {
    awaitsTurn = false
    guard machine.wantsToRead else { return }
    var rest = UnreadBytes()
    swap(&rest, &unread)
    let used = unsafe rest.withUnsafeBytes { unsafe parse($0) }
    // What came meanwhile stands behind it.
    rest.use(used, before: unread)
    unread = rest
    settle()
  }

  /// - Returns: how many bytes were used; the rest is for later.
  private func parse(_ bytes: UnsafeRawBufferPointer) -> Int {
    isParsing = true
    let now = ContinuousClock.now
    var left = Self.framesInTurn
    let goesOn = { [self] in left > 0 && machine.wantsToParse }
    let used = unsafe parser.receive(bytes, while: goesOn) { event in
      left -= 1
      switch event {
      case .text(let bytes): unsafe receive(.message(.text(Array(bytes))), at: now)
      case .binary(let bytes): unsafe receive(.message(.binary(Array(bytes))), at: now)
      case .ping(let payload): receive(.ping(payload), at: now)
      case .pong: break
      case .close(let code, let reason):
        receive(.peerClosed(code: code, reason: reason), at: now)
      case .violation(let code, let why): receive(.violation(code: code, why: why), at: now)
      }
    }
    isParsing = false
    return used
  }

  private func newMask() -> SIMD4<UInt8> {
    let bits = random.next()
    return SIMD4(
      UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
      UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 24))
  }
}

/// Bytes that one thread adds and another takes away.
final class ByteCount: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }
  func add(_ more: Int) { count.add(more, ordering: .relaxed) }
  func subtract(_ less: Int) { count.subtract(less, ordering: .relaxed) }
}

extension SocketEvent {
  fileprivate var isMessage: Bool {
    switch self {
    case .text, .binary: true
    case .opened, .drained, .pinged, .closed, .failed: false
    }
  }

  fileprivate var isEnd: Bool {
    switch self {
    case .closed, .failed: true
    case .opened, .text, .binary, .drained, .pinged: false
    }
  }
}
