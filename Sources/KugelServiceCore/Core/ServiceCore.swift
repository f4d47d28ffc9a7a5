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
  case close(code: UInt16, reason: String)

  static func error(_ error: ServiceError) -> ServiceAction { .send(ServiceFrame(.error(error))) }

  static var drained: ServiceAction { .close(code: 1012, reason: "service restart") }
}

extension ServiceMessage {
  /// How the turn ended that this is the last word of; nil for what is no turn's end.
  package var turnEnd: ServiceMetrics.TurnEnd? {
    switch self {
    case .sessionClosed: .completed
    // Of a request or a context, which have no other end; on a stream the end of the session follows.
    case .final(let statistics): statistics.totals == nil ? .completed : nil
    // What was to be spoken to its end has said so before.
    case .interrupted, .contextClosed: .interrupted
    case .error: .failed
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .settingsUpdated,
      .contextCreated, .contextTimeout:
      nil
    }
  }
}
