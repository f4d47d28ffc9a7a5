import KugelWire

/// What a connection tells its owner, on the owner's thread.
package enum LinkEvent: Equatable, Sendable {
  case opened
  case received(ServiceFrame)
  /// Nothing was said for a while, and the connection was kept alive.
  case keptAlive
  indirect case lost(ServiceFailure)
}
