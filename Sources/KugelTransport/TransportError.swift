/// Why a connection could not be made, or ended before its time.
///
/// A value for programs: the words for the user are chosen by who shows it.
package enum TransportError: Error, Equatable, Sendable {
  /// The resolver knows no such host, or did not answer.
  case nameNotFound(host: String, cause: String, mayPass: Bool)
  case refused
  /// No route, or the network is down.
  case unreachable(cause: String)
  /// Neither resolved, connected nor agreed on TLS within the connect timeout.
  case connectTimedOut
  /// Connected, but no answer to the request within its timeout.
  case handshakeTimedOut
  /// The certificate was not accepted, or the peer speaks no TLS.
  case tls(TLSFailure)
  /// A file of authorities that are to be trusted cannot be read.
  case authorities(file: String, cause: String)
  /// An answer other than 101. Redirects are never followed, so they end here too.
  ///
  /// `body` holds at most 64 KiB of the answer.
  case upgradeRefused(HTTPRefusal)
  /// The connection broke: end of stream in the middle, or a reset.
  case lost(cause: String)
  /// Pings went unanswered and nothing else came either.
  case peerSilent
  /// The peer broke the protocol. `closeCode` is what a WebSocket was told (RFC 6455, 7.4).
  case violation(closeCode: UInt16, cause: String)
  /// The request itself cannot be sent: a line break in a header, a path beyond the limit.
  case badRequest(cause: String)
  /// The proxy on the way is at fault; `at` is its host and port.
  case proxy(at: String, ProxyTrouble)
  /// The environment names a proxy that cannot be used.
  case proxyUnusable(variable: String, ProxyFlaw)
  /// The loop has no thread, and never will.
  case noThread(cause: String)
  /// The loop was stopped.
  case stopped
}

/// What is wrong with a server's TLS, as far as it decides what can be done about it.
package enum TLSFailure: Equatable, Sendable {
  /// The certificate comes from nobody whom we believe. OpenSSL's words.
  case unknownAuthority(String)
  /// It was good once.
  case expired
  case notYetValid
  /// It is another host's.
  case otherName
  /// Somebody's words, such as OpenSSL's.
  case other(String)
}

/// The answer of a server that did not open the WebSocket.
package struct HTTPRefusal: Equatable, Sendable {
  package var status: Int
  package var headers: HTTPHeaders
  /// At most 64 KiB.
  package var body: [UInt8]

  package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package var retryAfter: String? { headers["retry-after"] }
  package var requestID: String? { headers["x-request-id"] }
}
