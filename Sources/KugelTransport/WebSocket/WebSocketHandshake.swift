/// The values of the opening handshake.
///
/// Source: RFC 6455, sections 4.1 and 4.2.2.
package enum WebSocketHandshake {
  /// `Sec-WebSocket-Key` from 16 random bytes.
  package static func key(_ random: [UInt8]) -> String { Base64Text.encode(random) }

  /// The `Sec-WebSocket-Accept` that belongs to a `Sec-WebSocket-Key`.
  package static func accept(for key: String) -> String {
    Base64Text.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  /// What is wrong with a service's answer of status 101 to our handshake; nil when nothing is.
  package static func flaw(
    key: String, upgrade: String?, connection: String?, accept: String?, extensions: String? = nil
  ) -> String? {
    guard upgrade?.lowercased() == "websocket" else { return "no upgrade to websocket" }
    let tokens = (connection ?? "").split(separator: ",").map {
      $0.filter { $0 != " " && $0 != "\t" }.lowercased()
    }
    guard tokens.contains("upgrade") else { return "no connection header that says upgrade" }
    guard accept == self.accept(for: key) else { return "a wrong Sec-WebSocket-Accept" }
    guard (extensions ?? "").isEmpty else { return "an extension that was not asked for" }
    return nil
  }
}
