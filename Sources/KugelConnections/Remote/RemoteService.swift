import KugelTransport
import KugelWire
import Synchronization

/// In which of its protocol's ways a service is spoken with, once one of them was tried.
package final class FoundWay: Sendable {
  private let way = Mutex<ServiceProtocol?>(nil)
  private let missing = Mutex(false)

  package var found: ServiceProtocol? {
    get { way.withLock { $0 } }
    set { way.withLock { $0 = newValue } }
  }

  /// Whether it has sockets and nothing else.
  var hasNoCalls: Bool {
    get { missing.withLock { $0 } }
    set { missing.withLock { $0 = newValue } }
  }
}

/// A service elsewhere: where it is, and how we present ourselves.
package struct RemoteService: Sendable {
  package var kind: ServiceProtocol
  /// How it is spoken with where it turns out not to have what `kind` needs; nil: in no other way.
  package var otherwise: ServiceProtocol?
  /// For all connections to it.
  let way = FoundWay()
  package var address: EndpointAddress
  /// Of a socket of this machine, which is connected to in place of the address.
  package var socketPath: String?
  package var key: APIKey?
  /// How it is shown; nil: as the protocol has it.
  package var credential: GenerationHints.Credential?
  /// Takes a plain word, a sentence without its full stop, about a way that was not the expected one.
  package var remark: @Sendable (String) -> Void = { _ in }
  /// Whether nobody waits for a part of the sound, only for its end; then parts are taken together.
  package var isPatient = false
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

  /// A connection to it, in the way its protocol has.
  ///
  /// - Parameters:
  ///   - endpoint: `.tts` sends each turn as one request, `.stream` and `.multi` text as it comes.
  ///   - settings: of the turns, where they are known already.
  ///   - defaultRate: Hz of audio that does not say.
  ///   - confirmsCancel: whether a cancel is answered only once the service has done with the turn.
  ///   - trace: called on either thread.
  ///   - news: called on the transport's thread; brings the news to the owner's.
  package func connection(
    _ endpoint: Endpoint = .stream, settings: TurnSettings = TurnSettings(),
    defaultRate: Int = 24_000, confirmsCancel: Bool = false, loop: EventLoop? = nil,
    trace: (@Sendable (WireLine) -> Void)? = nil,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) -> any SpeechConnection {
    let loop = loop ?? EventLoop(pace: isPatient ? .patient : .prompt)
    let sockets = { (kind: ServiceProtocol) in
      var service = self
      service.kind = kind
      return RemoteConnection(
        service, endpoint: endpoint, settings: settings, defaultRate: defaultRate,
        confirmsCancel: confirmsCancel, loop: loop, trace: trace, news: news)
    }
    let way = kind.way(for: settings, at: endpoint).kind
    guard let codec = way.requests else { return sockets(kind) }
    if let otherwise, self.way.hasNoCalls { return sockets(otherwise) }
    var service = self
    service.kind = way
    // Turns say their rate; the voices of a script are asked for that of the mix, which is another thing.
    let calls = RequestConnection(
      service, codec, endpoint: endpoint, rate: endpoint == .multi ? defaultRate : nil, loop: loop,
      trace: trace, news: news)
    return otherwise.map { other in CallsOrSockets(calls, else: { sockets(other) }, of: self) }
      ?? calls
  }

  /// The same with the key shown otherwise, where that is said.
  func showing(_ credential: GenerationHints.Credential?) -> RemoteService {
    var service = self
    service.credential = credential ?? service.credential
    return service
  }

  /// A request to it; the key travels in a header only.
  ///
  /// - Parameters:
  ///   - target: as `EndpointAddress.target` makes it.
  ///   - opensSocket: whether the answer is to become a WebSocket.
  func request(_ target: String, opensSocket: Bool = false) -> ClientRequest {
    var headers: HTTPHeaders = ["user-agent": agent]
    var target = target
    switch (key, credential) {
    case (nil, _): break
    case (let key?, nil), (let key?, .key):
      headers.append(capabilities.keyHeader, capabilities.keyPrefix + key.secret)
    case (let key?, .bearer): headers.append("authorization", "Bearer " + key.secret)
    case (let key?, .token):
      let mark = target.contains("?") ? "&" : "?"
      target += mark + "single_use_token=" + EndpointAddress.escaped(key.secret)
    }
    var request = ClientRequest(
      host: address.host, port: UInt16(clamping: address.port),
      trust: address.isSecure ? trust : nil, path: target, headers: headers)
    request.socketPath = socketPath
    let scheme = opensSocket ? "ws" : "http"
    request.route = proxies.route(
      scheme: address.isSecure ? scheme + "s" : scheme, host: address.host)
    request.connectTimeout = patience
    request.answerTimeout = patience
    request.wantedHeaders = ["retry-after", "x-request-id"]
    return request
  }
}
