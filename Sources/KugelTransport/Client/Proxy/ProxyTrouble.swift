/// What went wrong with a proxy.
package enum ProxyTrouble: Error, Equatable, Sendable {
  case nameNotFound(cause: String)
  /// Nothing listens there.
  case refused
  case unreachable(cause: String)
  /// It did not answer in time.
  case timedOut
  /// It hung up before it had answered.
  case lost
  /// What it said is no answer of a proxy.
  case noHTTP
  /// It does not open a way to the server; 407 wants other credentials.
  case refusedTunnel(status: Int)

  /// Why a connection to a proxy was not made.
  init?(_ error: TransportError) {
    switch error {
    case .nameNotFound(_, let cause, _): self = .nameNotFound(cause: cause)
    case .refused: self = .refused
    case .unreachable(let cause): self = .unreachable(cause: cause)
    case .connectTimedOut: self = .timedOut
    default: return nil
    }
  }
}
