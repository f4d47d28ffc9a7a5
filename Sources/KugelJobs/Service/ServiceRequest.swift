import KugelSession
import KugelWire

/// Which service is meant, and how patient to be with it.
package struct ServiceRequest: Equatable, Sendable {
  package var kind: ServiceProtocol
  package var url: String?
  package var region: Region?
  package var key: KeySource?
  /// What is to be said before the key is used.
  package var keyRemark: String?
  /// Why other keys that are there are not used: sentences.
  package var withheldKeys: [String] = []
  /// How the key is shown; nil: as the protocol has it.
  package var credential: GenerationHints.Credential?
  /// Certificates of authorities that are trusted besides the system's.
  package var authorities: String?
  package var policy = SessionPolicy()

  package init(_ kind: ServiceProtocol = ProtocolRegistry.usual) { self.kind = kind }
}
