import KugelWire

/// Between a session, which speaks of turns over one socket, and services that have other words for
/// them.
///
/// Pure.
package enum TurnTranslation: Sendable {
  /// What to do, in this order.
  package struct Output: Equatable, Sendable {
    /// A socket with these settings is needed in place of the one there is; `opened` is to be called
    /// when it is there.
    package var reopen: TurnSettings?
    package var frames: [ClientFrame] = []
    /// Nothing more is wanted of the socket.
    package var hangsUp = false
    /// For the session.
    package var messages: [ServiceMessage] = []
  }

  case requests(OneShotTranslation)
  case contexts(ContextTranslation)

  /// nil where the service itself speaks of turns.
  ///
  /// - Parameters:
  ///   - settings: those that the socket is opened with.
  ///   - confirmsCancel: whether a cancel is answered only once the service has done with the turn.
  package init?(
    _ service: ServiceCapabilities, endpoint: Endpoint, settings: TurnSettings,
    confirmsCancel: Bool
  ) {
    switch (service.turns, endpoint) {
    case (.contexts, _), (.connections, _):
      self = .contexts(
        ContextTranslation(service, settings: settings, confirmsCancel: confirmsCancel))
    case (.own, .tts): self = .requests(OneShotTranslation())
    case (.own, .stream), (.own, .multi), (.requests, _): return nil
    }
  }

  /// When `tick` is due; nil when nothing is waited for.
  package var deadline: ContinuousClock.Instant? {
    if case .contexts(let translation) = self { translation.deadline } else { nil }
  }

  package mutating func send(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> Output {
    switch self {
    case .requests(var translation):
      defer { self = .requests(translation) }
      return translation.send(frame)
    case .contexts(var translation):
      defer { self = .contexts(translation) }
      return translation.send(frame, at: now)
    }
  }

  /// - Parameter context: the one the message is of; nil where it does not tell.
  package mutating func receive(
    _ message: ServiceMessage, context: String?, at now: ContinuousClock.Instant
  ) -> Output {
    switch self {
    case .requests(var translation):
      defer { self = .requests(translation) }
      return translation.receive(message)
    case .contexts(var translation):
      defer { self = .contexts(translation) }
      return translation.receive(message, context: context, at: now)
    }
  }

  /// The socket that was asked for is there.
  package mutating func opened(at now: ContinuousClock.Instant) -> Output {
    guard case .contexts(var translation) = self else { return Output() }
    defer { self = .contexts(translation) }
    return translation.opened(at: now)
  }

  /// The socket is gone.
  ///
  /// - Returns: whether nobody needs to know: nothing was under way over it, and the next turn takes
  ///   another.
  package mutating func lost() -> Bool {
    guard case .contexts(var translation) = self else { return false }
    defer { self = .contexts(translation) }
    return translation.lost()
  }

  package mutating func tick(at now: ContinuousClock.Instant) -> Output {
    guard case .contexts(var translation) = self else { return Output() }
    defer { self = .contexts(translation) }
    return translation.tick(at: now)
  }
}
