import Synchronization

/// What every connection of a listener shares.
final class ListenerService: Sendable {
  let options: ListenerOptions
  let upgrade: @Sendable (UpgradeRequest) -> UpgradeDecision
  let screen: @Sendable (HTTPRequest) -> HTTPResponse?
  let request: @Sendable (HTTPRequest, HTTPResponder) -> Void
  private let census: Mutex<ConnectionCensus>

  init(
    options: ListenerOptions, upgrade: @escaping @Sendable (UpgradeRequest) -> UpgradeDecision,
    screen: @escaping @Sendable (HTTPRequest) -> HTTPResponse?,
    request: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void
  ) {
    self.options = options
    self.upgrade = upgrade
    self.screen = screen
    self.request = request
    census = Mutex(
      ConnectionCensus(
        limit: options.maximumConnections, perPlace: options.maximumPerAddress,
        sparesLoopback: options.sparesLoopback))
  }

  var connections: Int { census.withLock(\.total) }

  /// Somebody has connected.
  func enter(_ peer: String) -> ConnectionCensus.Admission { census.withLock { $0.enter(peer) } }
  /// Somebody whom `enter` let in is gone.
  func left(_ peer: String) { census.withLock { $0.leave(peer) } }

  /// What somebody is told for whom there is no room.
  func refusal(of admission: ConnectionCensus.Admission) -> HTTPResponse? {
    switch admission {
    case .welcome, .hangUp: nil
    case .full: options.refusal(503, "too many connections")
    case .crowded: options.refusal(429, "too many connections from this address")
    }
  }
}
