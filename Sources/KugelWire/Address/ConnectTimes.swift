/// The parts of making a connection, milliseconds; nil is a part that was not there or not seen.
package struct ConnectTimes: Codable, Equatable, Sendable {
  package var name: Double?
  package var tcp: Double?
  package var tls: Double?
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
