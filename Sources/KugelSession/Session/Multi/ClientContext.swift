import KugelWire

/// One context as the client sees it: who speaks, the turns, and whether the service has it.
struct ClientContext: Sendable {
  enum State: Equatable, Sendable {
    /// The service does not have it; `reopens`: it is opened with the next connection.
    case closed(reopens: Bool)
    case open(lastSent: ContinuousClock.Instant)
    /// A close was sent; nothing that comes before the acknowledgement counts.
    case closing(due: ContinuousClock.Instant)
  }

  let name: String
  let settings: TurnSettings
  private(set) var state = State.closed(reopens: false)
  /// Its turns; what changes them is below.
  private(set) var lane: TurnLane
  /// When it last spoke, by which the least recently used is found.
  private(set) var lastUsed: ContinuousClock.Instant
  /// It is to be closed once its turns are over.
  private(set) var closesWhenDone = false
  /// The service keeps the language that was named last, whoever named it: each text repeats its own.
  private(set) var language: String?
  /// Names that the service may still use for what is gone.
  private var retiredNames = 0

  init(
    name: String, settings: TurnSettings, limit: Int, at now: ContinuousClock.Instant
  ) {
    self.name = name
    self.settings = settings
    lane = TurnLane(limit: limit)
    lastUsed = now
  }

  /// What the service calls it. A name whose end was acknowledged is used again.
  var wireName: String { retiredNames == 0 ? name : "\(name)~\(retiredNames)" }

  var isOpen: Bool { if case .open = state { true } else { false } }
  var isClosing: Bool { if case .closing = state { true } else { false } }
  /// Whether it takes up a place at the service.
  var takesPlace: Bool { isOpen || isClosing }
  var reopens: Bool { state == .closed(reopens: true) }

  mutating func open(in language: String? = nil, at now: ContinuousClock.Instant) {
    self.language = language ?? settings.language
    state = .open(lastSent: now)
    lastUsed = now
    lane.rewind()
  }

  /// Something was sent that keeps it alive.
  mutating func sent(at now: ContinuousClock.Instant) {
    if isOpen { state = .open(lastSent: now) }
  }

  /// The service is told to close it.
  mutating func beginClosing(givingUpAt due: ContinuousClock.Instant) {
    state = .closing(due: due)
    lane.rewind()
  }

  private mutating func closed() { state = .closed(reopens: false) }

  /// The service never said that it is gone: frames under the old name are nobody's from now on.
  mutating func abandoned() {
    closed()
    retiredNames += 1
    lane.rewind()
  }

  mutating func connectionLost() { state = .closed(reopens: isOpen || reopens) }

  /// It is opened as soon as there is a connection, or no more.
  mutating func wantsToReopen(_ wants: Bool) {
    if case .closed = state { state = .closed(reopens: wants) }
  }

  // MARK: Its turns

  /// - Parameter number: of a turn that begins with this text.
  /// - Returns: whether a turn began.
  mutating func say(_ text: String, number: Int, at now: ContinuousClock.Instant) -> Bool {
    closesWhenDone = false
    return lane.append(text, number: number, at: now)
  }

  mutating func endTurn() -> [TurnLane.News] { lane.endTurn() }

  /// It is not needed any more, once its turns are over.
  mutating func closeWhenDone() -> [TurnLane.News] {
    closesWhenDone = true
    return lane.endTurn()
  }

  mutating func cancelTurns() -> [TurnLane.News] { lane.cancel() }

  mutating func received(
    _ message: ServiceMessage, at now: ContinuousClock.Instant
  ) -> [TurnLane.News] {
    if case .audio = message { lastUsed = now }
    return lane.received(message, at: now)
  }

  /// The service has closed it.
  mutating func serviceClosed() -> [TurnLane.News] {
    let wasOpen = isOpen
    closed()
    return wasOpen ? lane.contextClosed() : []
  }

  /// What the service was to say is said.
  mutating func completeTurn() -> [TurnLane.News] { lane.completeFirst() }

  mutating func failTurn(_ failure: SessionFailure) -> [TurnLane.News] { lane.failFirst(failure) }

  mutating func failTurns(_ failure: SessionFailure) -> [TurnLane.News] { lane.failAll(failure) }

  /// What becomes of the turn being answered.
  mutating func turnLost(_ onDrop: SessionPolicy.OnDrop) -> TurnLane.Loss {
    lane.connectionLost(onDrop)
  }

  mutating func unsentText(
    at now: ContinuousClock.Instant
  ) -> [(text: String?, flush: Bool)] {
    let pieces = lane.unsent(at: now)
    if !pieces.isEmpty {
      sent(at: now)
      lastUsed = now
    }
    return pieces
  }
}
