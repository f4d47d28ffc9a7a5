/// What a frame carries.
///
/// Source: RFC 6455, section 5.2.
package enum WebSocketOpcode: UInt8, Sendable {
  case continuation = 0
  case text = 1
  case binary = 2
  case close = 8
  case ping = 9
  case pong = 10

  var isControl: Bool { rawValue >= 8 }
}

/// Which end of the connection we are: clients mask what they send, services must not.
package enum WebSocketRole: Sendable { case client, service }

/// Numbers that end a connection.
///
/// Source: RFC 6455, section 7.4.
package enum WebSocketCloseCode {
  package static let normal: UInt16 = 1000
  package static let protocolError: UInt16 = 1002
  package static let invalidText: UInt16 = 1007
  package static let tooBig: UInt16 = 1009

  /// Whether a close frame may carry `code`.
  package static func isAllowed(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
