import KugelJobs

/// Everything `kugel doctor` was asked to look at.
package struct DoctorRequest: Equatable, Sendable {
  /// Who speaks when nothing else is said.
  package var engine = EngineName.offline
  /// What its engines understand alone, by their own names.
  package var options: [String: String] = [:]
  /// Services of which a key or an address is known.
  package var services: [ServiceRequest] = []
  /// What the environment and files set, with where, as lines for people.
  package var settings: [String] = []
  /// Files that were read, or would be if they were there.
  package var files: [String] = []
  /// nil is the default device.
  package var device: String?
  /// Whether a sentence is spoken at the end.
  package var plays = false
  package var json = false

  package init() {}
}
