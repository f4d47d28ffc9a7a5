import KugelTransport
import KugelWire
import Synchronization

/// In which of its protocol's ways a service is spoken with, once one of them was tried.
package final class FoundWay: Sendable {
  private let way = Mutex<ServiceProtocol?>(nil)

  package var found: ServiceProtocol? {
    get { way.withLock { $0 } }
    set { way.withLock { $0 = newValue } }
  }
}

/// A service elsewhere: where it is, and how we present ourselves.
package struct RemoteService: Sendable {
  package var kind: ServiceProtocol
  /// For all connections to it.
  let way = FoundWay()
  package var address: EndpointAddress
  package var key: APIKey?
  /// `User-Agent`.
  package var agent: String
  package var trust: TrustOptions
  package var proxies: ProxySettings
  /// Name, connection, TLS and the answer to the request, each.
  package var patience: Duration = .seconds(10)
  /// How long a connection may be silent before a ping. Names and proxies forget those that are silent
  /// for 20 to 30 seconds; protocol notes, section 13.1.
  package var keepAlive: Duration = .seconds(15)

  package init(
    _ kind: ServiceProtocol = ProtocolRegistry.usual, address: EndpointAddress, key: APIKey? = nil,
    agent: String, trust: TrustOptions = TrustOptions(),
    proxies: ProxySettings = ProxySettings()
  ) {
    self.kind = kind
    self.address = address
    self.key = key
    self.agent = agent
    self.trust = trust
    self.proxies = proxies
  }

  package var capabilities: ServiceCapabilities { kind.capabilities }

  /// The request target of the socket over which turns travel.
  ///
  /// - Parameter settings: of the turns; what a socket keeps for all of them may be in its address.
  func target(of endpoint: Endpoint, settings: TurnSettings) -> String {
    kind.codec.target(of: endpoint, at: address, settings: settings)
  }

  /// A request to it; the key travels in a header only.
  ///
  /// - Parameters:
  ///   - target: as `EndpointAddress.target` makes it.
  ///   - opensSocket: whether the answer is to become a WebSocket.
  func request(_ target: String, opensSocket: Bool = false) -> ClientRequest {
    var headers: HTTPHeaders = ["user-agent": agent]
    if let key {
      headers.append(capabilities.keyHeader, capabilities.keyPrefix + key.secret)
    }
    var request = ClientRequest(
      host: address.host, port: UInt16(clamping: address.port),
      trust: address.isSecure ? trust : nil, path: target, headers: headers)
    let scheme = opensSocket ? "ws" : "http"
    request.route = proxies.route(
      scheme: address.isSecure ? scheme + "s" : scheme, host: address.host)
    request.connectTimeout = patience
    request.answerTimeout = patience
    request.wantedHeaders = ["retry-after", "x-request-id"]
    return request
  }
}
