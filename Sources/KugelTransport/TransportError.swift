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
  case tls(cause: String)
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
  /// The loop was stopped.
  case stopped
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
