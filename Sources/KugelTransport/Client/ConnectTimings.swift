/// How long the parts of making a connection took, milliseconds; nil is a part that was not there.
package struct ConnectTimings: Equatable, Sendable {
  /// Looking the name up.
  package var name: Double?
  /// TCP; with a proxy, all until the way through it is open.
  package var tcp: Double?
  package var tls: Double?
  /// From the request to the head of the answer.
  package var upgrade: Double?

  package init(
    name: Double? = nil, tcp: Double? = nil, tls: Double? = nil, upgrade: Double? = nil
  ) {
    self.name = name
    self.tcp = tcp
    self.tls = tls
    self.upgrade = upgrade
  }
}
