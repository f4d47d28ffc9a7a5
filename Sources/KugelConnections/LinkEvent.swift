import KugelSession
import KugelWire

/// What a connection tells its owner, on the owner's thread.
package enum LinkEvent: Equatable, Sendable {
  case opened
  case received(ServiceFrame)
  /// Nothing was said for a while, and the connection was kept alive.
  case keptAlive
  /// The service has said what it calls this connection.
  case greeted(session: String)
  indirect case lost(ServiceFailure)
}

extension LinkEvent {
  /// What it is to whoever looks on, where no session has a say in it.
  package var ofConnection: Happening.What? {
    switch self {
    case .keptAlive: .keptAlive
    case .greeted(let session): .greeted(session: session)
    case .opened, .received, .lost: nil
    }
  }
}
