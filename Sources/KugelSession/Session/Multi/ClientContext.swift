import KugelWire

/// One context as the client sees it: who speaks, the turns, and whether the service has it.
struct ClientContext: Sendable {
  enum State: Equatable, Sendable {
    /// The service does not have it.
    case closed
    case open
    /// A close was sent; nothing that comes before the acknowledgement counts.
    case closing(due: ContinuousClock.Instant)
  }

  let name: String
  var settings: TurnSettings
  var state = State.closed
  var lane: TurnLane
  /// When it last spoke, by which the least recently used is found.
  var lastUsed: ContinuousClock.Instant
  var lastSent: ContinuousClock.Instant
  /// It is to be closed once its turns are over.
  var closesWhenDone = false
  /// It was open when the connection was lost.
  var reopens = false
  /// Names that the service may still use for what is gone.
  private var retiredNames = 0

  init(
    name: String, settings: TurnSettings, limit: Int, at now: ContinuousClock.Instant
  ) {
    self.name = name
    self.settings = settings
    lane = TurnLane(limit: limit)
    (lastUsed, lastSent) = (now, now)
  }

  /// What the service calls it. A name whose end was acknowledged is used again.
  var wireName: String { retiredNames == 0 ? name : "\(name)~\(retiredNames)" }

  /// Frames under the old name are nobody's from now on.
  mutating func retireName() { retiredNames += 1 }

  var isOpen: Bool { state == .open }
  /// Whether it takes up a place at the service.
  var takesPlace: Bool { state != .closed }
}
