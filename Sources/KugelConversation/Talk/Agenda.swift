import KugelSession

/// What a conversation was asked and has not done, in order, and what it waits for meanwhile.
struct Agenda: Sendable {
  enum Wait: Equatable, Sendable {
    /// The service has finished every turn begun.
    case final
    /// Everything said has been played.
    case heard
    case until(ContinuousClock.Instant)
    /// The first sound of the turn is heard, or none will be.
    case sound(turn: Int)
  }

  /// It waits for one thing at a time, and when it has ended for none.
  private enum Course: Sendable {
    case going
    case waiting(Wait, Conversation.Origin)
    /// For the voices, without which the request cannot be understood.
    case asking(ConversationRequest)
    case ended
  }

  private var course = Course.going
  private var requests: ArraySlice<ConversationRequest> = []
  private(set) var inputHasEnded = false

  /// Whether more input may be given now.
  var wantsInput: Bool { !inputHasEnded && requests.count < 32 }
  /// Whether the next request may be looked at, or what is waited for.
  var isGoing: Bool {
    switch course {
    case .going, .waiting: true
    case .asking, .ended: false
    }
  }

  var wait: (for: Wait, origin: Conversation.Origin)? {
    if case .waiting(let wait, let origin) = course { (wait, origin) } else { nil }
  }

  mutating func add(_ request: ConversationRequest) {
    if !inputHasEnded { requests.append(request) }
  }

  mutating func endInput() { inputHasEnded = true }

  mutating func takeFirst() -> ConversationRequest? { requests.popFirst() }

  // MARK: Waiting

  mutating func wait(for wait: Wait, _ origin: Conversation.Origin) {
    course = .waiting(wait, origin)
  }

  /// Waits, and does the request again then.
  mutating func wait(for wait: Wait, before request: ConversationRequest) {
    requests = [request] + requests
    course = .waiting(wait, Conversation.Origin())
  }

  mutating func goOn() { if case .waiting = course { course = .going } }

  mutating func ask(for request: ConversationRequest) { course = .asking(request) }

  /// The voices are known, or cannot be.
  ///
  /// - Returns: the request that asked for them, if it is still wanted.
  mutating func answered() -> ConversationRequest? {
    guard case .asking(let request) = course else { return nil }
    course = .going
    return request
  }

  // MARK: The end

  /// Nothing that was asked is done any more.
  mutating func drop() {
    requests = []
    switch course {
    case .going, .waiting, .asking: course = .going
    case .ended: break
    }
  }

  /// Nothing is asked or done any more.
  mutating func leave() {
    endInput()
    drop()
  }

  mutating func end() { (course, inputHasEnded) = (.ended, true) }
}
