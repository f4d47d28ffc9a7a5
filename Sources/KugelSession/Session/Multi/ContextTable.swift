import KugelWire

/// The contexts of a connection: who has a place at the service, and who waits for one.
struct ContextTable: Sendable {
  private var contexts: [String: ClientContext] = [:]
  /// Names in the order in which they became known.
  private(set) var order: [String] = []
  /// Contexts with something to say and no place, first come first.
  private var queue: [String] = []
  /// Places of the service; fewer once it refuses.
  private var places: Int
  private let policy: SessionPolicy
  /// For those that are opened from now on.
  private var update = SettingsUpdate()

  init(_ policy: SessionPolicy) {
    self.policy = policy
    places = max(1, policy.contextLimit)
  }

  subscript(name: String) -> ClientContext? { contexts[name] }

  var isBusy: Bool { contexts.values.contains { $0.lane.isBusy } }
  /// Those that take up a place.
  var openCount: Int { contexts.values.count { $0.takesPlace } }
  var hasPlace: Bool { openCount < places }
  var hasQueue: Bool { !queue.isEmpty }
  /// Those that are open, in order.
  var openNames: [String] { order.filter { contexts[$0]?.isOpen == true } }

  /// - Returns: whether it was not known.
  mutating func add(
    _ name: String, _ settings: TurnSettings, at now: ContinuousClock.Instant
  ) -> Bool {
    guard contexts[name] == nil else { return false }
    contexts[name] = ClientContext(
      name: name, settings: settings, limit: policy.charactersPerTurn, at: now)
    order.append(name)
    return true
  }

  mutating func update(_ newer: SettingsUpdate) { update = newer.over(update) }

  /// - Returns: nil when there is no such context.
  @discardableResult
  mutating func change<Result>(
    _ name: String, _ body: (inout ClientContext) -> Result
  ) -> Result? {
    guard let index = contexts.index(forKey: name) else { return nil }
    return body(&contexts.values[index])
  }

  /// The context that the service calls so, if it has it.
  func called(_ wireName: String) -> ClientContext? {
    let isMeant = { (context: ClientContext) in context.wireName == wireName && context.takesPlace }
    // Only a name that was used up is another at the service.
    if let context = contexts[wireName], isMeant(context) { return context }
    return contexts.values.first(where: isMeant)
  }

  // MARK: Silence

  /// When something is due with a context that the service has.
  ///
  /// - Parameter lastHeard: when anything last came; nil: nobody listens, the service may be silent.
  func deadline(lastHeard: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    contexts.values.compactMap { context in
      switch context.state {
      case .closed: nil
      case .closing(let due): due
      case .open(let lastSent):
        [lastSent + policy.keepAlive, silence(of: context, lastHeard: lastHeard)?.at]
          .compactMap(\.self).min()
      }
    }.min()
  }

  func silence(
    of context: ClientContext, lastHeard: ContinuousClock.Instant?
  ) -> ContextSilence? {
    lastHeard.flatMap { ContextSilence(of: context.lane, lastHeard: $0, policy) }
  }

  // MARK: The service's places

  /// - Returns: what opens it.
  mutating func open(_ name: String, at now: ContinuousClock.Instant) -> [ClientFrame] {
    leaveQueue(name)
    let language = update.language
    change(name) { $0.open(in: language, at: now) }
    let isAnyPitched = contexts.values.contains { $0.settings.pitch != nil }
    return contexts[name].map { [$0.opening(update, withPitch: isAnyPitched)] } ?? []
  }

  /// - Parameter immediate: what is queued is not spoken.
  /// - Returns: what closes it, if it is open.
  mutating func close(
    _ name: String, immediate: Bool = false, at now: ContinuousClock.Instant
  ) -> [ClientFrame] {
    guard let context = contexts[name], context.isOpen else { return [] }
    let due = now + policy.cancelTimeout
    change(name) { $0.beginClosing(givingUpAt: due) }
    return [context.closing(immediate: immediate)]
  }

  /// Gives places to those that wait, and sends what is not sent.
  mutating func flow(at now: ContinuousClock.Instant) -> [ClientFrame] {
    var frames: [ClientFrame] = []
    while let move = nextMove() {
      switch move {
      case .open(let name): frames += open(name, at: now)
      case .close(let name): frames += close(name, at: now)
      }
    }
    for name in openNames {
      frames += change(name) { $0.unsent(at: now) } ?? []
      if let context = contexts[name], context.closesWhenDone, !context.lane.isBusy {
        frames += close(name, at: now)
      }
    }
    return frames
  }

  // MARK: The queue

  /// Who has something to say waits for a place, who has not does not.
  mutating func queueUp() {
    for name in order {
      guard let context = contexts[name] else { continue }
      if context.lane.hasWork, !context.isOpen, !queue.contains(name) { queue.append(name) }
      if !context.lane.hasWork { leaveQueue(name) }
    }
  }

  mutating func leaveQueue(_ name: String) { queue.removeAll { $0 == name } }
  mutating func dropQueue() { queue = [] }

  /// What is to be done for those that wait.
  private enum Move {
    case open(String)
    /// To make room.
    case close(String)
  }

  /// - Returns: nil when those that wait have to go on waiting.
  private func nextMove() -> Move? {
    guard
      let name = queue.first(where: { contexts[$0].map { !$0.takesPlace } ?? false })
    else { return nil }
    if hasPlace { return .open(name) }
    let leaving = contexts.values.count { $0.isClosing }
    guard leaving < queue.count, let idle = leastRecentlyUsed else { return nil }
    return .close(idle)
  }

  /// The context that has been silent for longest among those with nothing to say.
  private var leastRecentlyUsed: String? {
    openNames.compactMap { contexts[$0] }.filter { !$0.lane.isBusy }
      .min { $0.lastUsed < $1.lastUsed }?.name
  }

  /// The service has fewer places than we thought. What it still says of this attempt is stale.
  ///
  /// - Returns: whether that is believable.
  mutating func refused(_ name: String) -> Bool {
    let others = openCount - 1
    guard others > 0 else { return false }
    places = min(places, others)
    contexts[name]?.abandoned()
    return true
  }
}
