import KugelClient
import KugelConnections
import KugelReading
import KugelSession
import KugelWire

/// Who speaks in a run: an engine in this process, or a service elsewhere.
package protocol SpeechSource {
  /// For people.
  var description: String { get }
  /// Of the service elsewhere; nil for an engine in this process.
  var hostName: String? { get }
  var policy: SessionPolicy { get }
  func settings(for request: SpeechRequest) throws -> TurnSettings
  /// What is to be known of who speaks to read a text for them.
  func target(for request: SpeechRequest) -> TextTarget
  func connection() throws -> any SpeechConnection
  /// What the user is told about a failure.
  func explain(_ failure: SessionFailure) -> any Error
}

extension SessionPolicy {
  /// In this process nothing can be out of reach; a busy machine is not a silent service.
  package static var inThisProcess: SessionPolicy {
    var policy = SessionPolicy()
    (policy.firstTimeout, policy.stallTimeout) = (nil, nil)
    return policy
  }
}
