/// A proxy on the way to a server, as its address in the environment names it.
package struct Proxy: Hashable, Sendable {
  /// Without brackets.
  package var host: String
  package var port: UInt16
  /// User and password for it, as they are sent; never shown.
  private let credentials: [UInt8]?

  /// curl's, where an address names none.
  private static let usualPort: UInt16 = 1080

  package init(host: String, port: UInt16, user: String? = nil, password: String = "") {
    self.host = host
    self.port = port
    credentials = user.map { Array("\($0):\(password)".utf8) }
  }

  /// Reads `[http://][USER[:PASSWORD]@]HOST[:PORT]`; what follows the port says nothing.
  ///
  /// - Throws: when it is no address, or one of a kind that we do not speak with.
  init(address: String) throws(ProxyFlaw) {
    var rest = address[...]
    if let end = rest.range(of: "://") {
      let scheme = rest[..<end.lowerBound].lowercased()
      guard scheme == "http" else { throw .kind(scheme) }
      rest = rest[end.upperBound...]
    }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let at = rest.lastIndex(of: "@") {
      guard let decoded = Self.decode(rest[..<at]) else { throw .unreadable }
      credentials = decoded.contains(UInt8(ascii: ":")) ? decoded : decoded + [UInt8(ascii: ":")]
      rest = rest[rest.index(after: at)...]
    } else {
      credentials = nil
    }
    let portText: Substring
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else { throw .unreadable }
      host = String(rest[rest.index(after: rest.startIndex)..<close])
      portText = rest[rest.index(after: close)...]
    } else {
      let colon = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<colon])
      portText = rest[colon...]
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .unreadable }
    switch portText {
    case "", ":": port = Self.usualPort
    default:
      guard portText.hasPrefix(":"), let number = UInt16(portText.dropFirst()), number > 0 else {
        throw .unreadable
      }
      port = number
    }
  }

  /// Host and port, for people and for nobody's harm.
  package var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The header that presents user and password.
  ///
  /// Source: RFC 7617.
  var headers: HTTPHeaders {
    credentials.map { ["proxy-authorization": "Basic \(Base64Text.encode($0))"] } ?? [:]
  }

  private static func decode(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexDigit),
        let low = rest.popFirst().flatMap(hexDigit)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}

/// Why a proxy cannot be used as it is named.
package enum ProxyFlaw: Error, Hashable, Sendable {
  /// Such as `socks5`.
  case kind(String)
  case unreadable
}

/// How a request travels.
package enum ProxyRoute: Hashable, Sendable {
  case direct
  case through(Proxy)
  /// The environment names a proxy that cannot be used; going without it would be against its wish.
  case blocked(ProxyFlaw, variable: String)
}

extension Substring {
  /// Where `text` stands first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
