import KugelTransport
import KugelWire

extension ConnectTimes {
  /// As the transport took them.
  init(_ timings: ConnectTimings) {
    self.init(
      name: timings.name, tcp: timings.tcp, tls: timings.tls, upgrade: timings.upgrade)
  }
}
