import KugelConnections
import KugelSession
import KugelWire

/// A service that is measured, and how it is to speak.
package struct BenchSubject {
  /// Makes a connection whose news go where they are told.
  package typealias Connector =
    (_ news: @escaping @Sendable (ConnectionNews) -> Void) -> any SpeechConnection

  package var connect: Connector
  package var settings: TurnSettings
  package var policy: SessionPolicy

  package init(settings: TurnSettings, policy: SessionPolicy, connect: @escaping Connector) {
    self.connect = connect
    self.settings = settings
    // What fails is counted; a second try would hide it.
    var policy = policy
    policy.retries = 0
    policy.onDrop = .fail
    policy.totalTimeout = nil
    self.policy = policy
  }
}
