/// Where a listener listens, and its limits.
package struct ListenerOptions: Sendable {
  /// Certificate chain and private key, PEM files.
  package struct Certificate: Sendable {
    package var chain: String
    package var key: String

    package init(chain: String, key: String) {
      self.chain = chain
      self.key = key
    }
  }

  /// An address of this machine, `0.0.0.0`, `::` (both families), or a name for one.
  package var address = "127.0.0.1"
  /// 0 takes a free one.
  package var port: UInt16 = 0
  /// Of a socket of this machine for its user alone, in place of address and port.
  package var path: String?
  /// A socket that listens already, in place of address, port and path. It stays open for whoever passed it.
  package var passed: PassedSocket?
  package var certificate: Certificate?
  /// Bytes of one WebSocket message; a longer one ends with 1009.
  package var maximumMessage = 1 << 20
  /// Bytes of a request's body; a longer one is answered with 413.
  package var maximumBody = 1 << 20
  /// Bytes of request line and headers; longer ones are answered with 431.
  package var maximumHead = 16 * 1024
  /// From the connection, or the first byte of a later request, to the end of the head; TLS included.
  package var headTimeout: Duration = .seconds(10)
  /// From the end of the head to the end of the body.
  package var bodyTimeout: Duration = .seconds(30)
  /// How long a connection may wait for its next request.
  package var idleTimeout: Duration = .seconds(60)
  /// How long to wait for the peer's half of a closing handshake, or for it to read the last answer.
  package var closeTimeout: Duration = .seconds(5)
  /// Nil sends no pings, and notices no dead client.
  package var pingInterval: Duration? = .seconds(20)
  package var pongTimeout: Duration = .seconds(20)
  /// `drained` comes when the outgoing queue falls to this many bytes.
  package var drainMark = 64 * 1024
  /// With more bytes of a WebSocket's frames unsent, nothing is read from it.
  package var unsentMark = 1 << 20
  /// Connections of all kinds; those beyond are answered with 503, or hung up on.
  package var maximumConnections = Int.max
  /// Connections from one IPv4 address or IPv6 network (/64), answered with 429; nil does not count them.
  package var maximumPerAddress: Int?
  /// Whether connections from this machine count for all addresses together only.
  package var sparesLoopback = false
  /// Bytes that the system may hold per connection beyond the queue; nil leaves it to the system,
  /// which may hold megabytes.
  package var sendBuffer: Int?
  /// The answer to what cannot be understood (status and why).
  package var refusal: @Sendable (Int, String) -> HTTPResponse = {
    HTTPResponse.text($0, $1 + "\n")
  }

  package init() {}

  var limits: WebSocketLimits {
    WebSocketLimits(
      pingInterval: pingInterval, pongTimeout: pongTimeout, closeTimeout: closeTimeout,
      readAhead: 0, drainMark: drainMark, unsentMark: unsentMark)
  }
}

/// Why a listener could not be opened.
package enum ListenError: Error, Equatable, Sendable {
  case noSuchAddress(String)
  case addressInUse
  case notPermitted
  case system(cause: String)
  /// Certificate or key cannot be used.
  case tls(cause: String)
  /// The loop has stopped.
  case stopped
}

/// A complete request.
package struct HTTPRequest: Sendable {
  package var head: RequestHead
  package var body: [UInt8]
  /// Numeric address of the client.
  package var peer: String
}

/// A client asks for a WebSocket.
package struct UpgradeRequest: Sendable {
  package var head: RequestHead
  /// Numeric address of the client.
  package var peer: String
}

/// What becomes of it.
package enum UpgradeDecision: Sendable {
  /// - `headers`: added to the 101.
  /// - `serve`: called next, with the open socket; returns who hears its events.
  case accept(
    headers: HTTPHeaders = [:],
    serve: @Sendable (ServerWebSocket) -> @Sendable (SocketEvent) -> Void)
  case refuse(HTTPResponse)
  /// Leave the client without an answer.
  case ignore
}
