import Glibc
import KugelSystem
import KugelTransport
import KugelWire

extension ServiceFailure {
  /// - Parameter address: what was to be reached.
  package init(_ error: TransportError, reaching address: EndpointAddress) {
    self =
      switch error {
      case .nameNotFound(let host, let cause, let mayPass):
        .unreachable(
          "the host \(host) was not found: \(cause.beginningSmall)",
          nextStep: "check the address given with --url, and the network", mayPass: mayPass)
      case .refused:
        .unreachable(
          "nothing listens at \(address) (connection refused)",
          nextStep: "check the address given with --url, and that the service runs", mayPass: true)
      case .unreachable(let cause):
        .unreachable(
          "there is no way to \(address): \(cause.beginningSmall)", nextStep: "check the network",
          mayPass: true)
      case .connectTimedOut:
        .unreachable("\(address) took too long to connect", mayPass: true)
      case .handshakeTimedOut:
        .unreachable("\(address) accepted the connection and did not answer", mayPass: true)
      case .tls(let failure):
        .unreachable(
          "no trust in \(address): \(failure.cause)", nextStep: failure.nextStep, mayPass: false)
      case .authorities(let file, let cause):
        .invalid(
          "there are no certificates to trust in \(file): \(cause.beginningSmall)",
          nextStep: "name a PEM file with --ca FILE, or in SSL_CERT_FILE")
      case .upgradeRefused(let refusal):
        ServiceFailure(
          status: refusal.status, headers: refusal.headers, body: refusal.body, atUpgrade: true)
      case .lost(let cause): .broken("the connection to the service broke: \(cause.beginningSmall)")
      case .peerSilent: .broken("the service stopped answering, even to pings")
      case .violation(_, let cause): .protocolViolation("what WebSockets do not allow: \(cause)")
      case .badRequest(let cause): .invalid("the request cannot be sent: it has \(cause)")
      case .proxy(let proxy, let trouble):
        .unreachable(
          trouble.sentence(about: proxy), nextStep: trouble.nextStep, mayPass: trouble.mayPass)
      case .proxyUnusable(let variable, let flaw):
        .invalid(
          "the proxy in \(variable) cannot be used: \(flaw.cause)",
          nextStep: "name one as http://HOST:PORT, or except this host in no_proxy")
      case .noThread(let cause):
        .broken("there is no thread for connections: \(cause.beginningSmall)")
      case .stopped: .broken("the connection was ended here")
      }
  }

  /// From an answer that is not the one asked for.
  ///
  /// - Parameter atUpgrade: whether a WebSocket was asked for.
  init(status: Int, headers: HTTPHeaders, body: [UInt8], atUpgrade: Bool = false) {
    let now = Double(time(nil))
    self = .http(
      status: status, body: body,
      retryAfter: headers["retry-after"].flatMap { RetryAfter.seconds($0, now: now) },
      requestID: headers["x-request-id"], atUpgrade: atUpgrade)
  }
}

extension TLSFailure {
  fileprivate var cause: String {
    switch self {
    case .expired: "its certificate has expired"
    case .notYetValid: "its certificate is not valid yet"
    case .otherName: "its certificate is for another host"
    case .unknownAuthority(let cause), .other(let cause): cause.beginningSmall
    }
  }

  fileprivate var nextStep: String {
    switch self {
    case .expired: "whoever runs the service must renew it; check that the clock here is right"
    case .notYetValid: "check that the clock here is right"
    case .otherName: "check the host in --url: it must be a name that the certificate is for"
    case .unknownAuthority:
      "if its certificate comes from an authority of your own, name that with --ca FILE"
    case .other: "check that it speaks TLS: an address with http:// does without"
    }
  }
}
