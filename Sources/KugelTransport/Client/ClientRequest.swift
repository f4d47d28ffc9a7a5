/// One request to a server, as both the WebSocket client and the HTTP client make it.
package struct ClientRequest: Sendable {
  package var host: String
  package var port: UInt16
  /// Of a socket of this machine, which is connected to in place of host and port.
  package var socketPath: String?
  /// Nil for a connection in the clear.
  package var trust: TrustOptions?
  package var route = ProxyRoute.direct
  package var method = "GET"
  /// Begins with `/`; with the query.
  package var path: String
  package var headers: HTTPHeaders
  package var body: [UInt8] = []
  /// Name, connection and TLS together.
  package var connectTimeout: Duration = .seconds(10)
  /// From the request sent to the head of the answer.
  package var answerTimeout: Duration = .seconds(10)
  /// Headers of the answer to report, besides the usual ones. Lower case.
  package var wantedHeaders: [String] = []

  package init(
    host: String, port: UInt16, trust: TrustOptions? = nil, path: String, headers: HTTPHeaders = [:]
  ) {
    self.host = host
    self.port = port
    self.trust = trust
    self.path = path
    self.headers = headers
  }

  /// Whether the answer may turn the connection into something else.
  var isUpgrade = false

  /// `Host` as RFC 9110, 7.2 wants it.
  var authority: String {
    port == (trust == nil ? 80 : 443) ? bracketedHost : authorityWithPort
  }

  var authorityWithPort: String { "\(bracketedHost):\(port)" }
  private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

  /// Whether a proxy is only to join us with the server: it can neither read TLS nor speak WebSocket.
  var wantsTunnel: Bool { trust != nil || isUpgrade }

  private var forwarder: Proxy? {
    if case .through(let proxy) = route, !wantsTunnel { proxy } else { nil }
  }

  /// What the request line names: a proxy that passes the request on must be told whereto.
  var target: String { forwarder == nil ? path : "http://\(authority)\(path)" }

  /// The header lines, those of the connection and for such a proxy first.
  func head(with connectionHeaders: HTTPHeaders) -> String {
    var fields = connectionHeaders.fields + (forwarder?.headers.fields ?? []) + headers.fields
    if !body.isEmpty || method == "POST" || method == "PUT" {
      fields.append(.init(name: "content-length", value: "\(body.count)"))
    }
    return fields.map { "\($0.name): \($0.value)\r\n" }.joined()
  }

  /// What libwebsockets could not send, or would cut in silence.
  var flaw: String? {
    if !headers.areSendable { return "a header with a line break" }
    if path.utf8.first != UInt8(ascii: "/") { return "a path that does not begin with /" }
    if path.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { return "a path with spaces" }
    if path.utf8.count > 1900 { return "a path over 1900 bytes" }
    if authority.utf8.count > 100 { return "a host name over 100 bytes" }
    if host.isEmpty || host.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
      return "not a host name"
    }
    let size = headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    return size > 32 * 1024 ? "headers over 32 KiB" : nil
  }
}

/// Status line and headers of an answer.
package struct ResponseHead: Equatable, Sendable {
  package var status: Int
  /// The usual ones and those the request wanted; others are not kept.
  package var headers: HTTPHeaders

  package init(status: Int, headers: HTTPHeaders) {
    self.status = status
    self.headers = headers
  }
}
