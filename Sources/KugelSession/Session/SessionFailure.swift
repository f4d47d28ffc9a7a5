import KugelWire

/// Why a turn or a session could not be completed.
package enum SessionFailure: Error, Equatable, Sendable {
  /// The service refused or failed, or the connection to it was not made or was lost.
  case service(ServiceFailure)
  /// Nothing came for longer than the stage allows.
  case timedOut(Stage, after: Duration)

  package enum Stage: String, CaseIterable, Sendable {
    case connect, first, stall, total
  }
}
