import KugelWire

/// A service's side of one connection, as a value that decides.
///
/// Pure: opens nothing, reads no clock. Report each event with its time, then perform the returned
/// actions in order. `deadline` says when `tick` is due.
package protocol ServiceCore: Sendable {
  /// When `tick` is due; nil when nothing is waited for.
  var deadline: ContinuousClock.Instant? { get }
  /// Whether anything is open or being spoken.
  var isBusy: Bool { get }

  mutating func receive(
    _ event: ServiceEvent, at now: ContinuousClock.Instant
  ) -> [ServiceAction]
}

/// What happens to a connection.
package enum ServiceEvent: Equatable, Sendable {
  case frame(ClientFrame)
  /// A message that could not be read.
  case unreadable(ServiceError)
  case engine(EngineNews, job: Int)
  /// Audio waits to be sent, or all of it is.
  case sending(Bool)
  /// The service shuts down: the turn under way is the last.
  case drain
  case disconnected
  case tick
}

/// What a connection's core wants done.
package enum ServiceAction: Equatable, Sendable {
  case send(ServiceFrame)
  case synthesise(SynthesisJob)
  /// Forget every job of this connection, also the one being spoken.
  case abort
  /// Forget the jobs of one context, also the one being spoken, and what it has not been sent.
  case abortContext(String)
  /// A context has said all there was; a later one of its name begins afresh.
  case releaseContext(String)
  /// A turn of which something went to the engine is over: of a request, a session (nil) or a context.
  case turnEnded(ServiceMetrics.TurnOutcome, context: String?)
  case close(code: UInt16, reason: String)

  /// The end of a turn that is not a context's; nothing when nothing of it went to the engine.
  static func end(of turn: ServiceTurn?, _ end: ServiceMetrics.TurnOutcome) -> [ServiceAction] {
    turn?.hasBegun == true ? [.turnEnded(end, context: nil)] : []
  }

  static func error(_ error: ServiceError) -> ServiceAction { .send(ServiceFrame(.error(error))) }

  static var drained: ServiceAction { .close(code: 1012, reason: "service restart") }
}
