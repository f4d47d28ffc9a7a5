/// Where a service is: what to connect to, and the targets of requests there.
///
/// Source: protocol notes, section 1.
package struct EndpointAddress: Equatable, Sendable {
  /// Lower case; an IPv6 address without its brackets, as name look-up wants it.
  package let host: String
  package let port: Int
  /// TLS, that is `https` and `wss`.
  package let isSecure: Bool
  /// Empty, or beginning but not ending with a slash.
  package let basePath: String
  /// As written in the address, without the question mark; goes along with every request.
  package let query: String?

  /// - Parameter url: `https`, `wss`, `http` or `ws`; a trailing slash is removed, a path kept.
  package init(url: String) throws(AddressError) {
    let parts = try URLParts(url)
    switch parts.scheme {
    case "https", "wss": isSecure = true
    case "http", "ws": isSecure = false
    default:
      throw AddressError("an address begins with https://, wss://, http:// or ws://")
    }
    host = parts.host
    port = parts.port ?? (isSecure ? 443 : 80)
    var path = parts.path[...]
    while path.hasSuffix("/") { path.removeLast() }
    basePath = String(path)
    query = parts.query
  }

  package init(region: Region, of kind: ServiceProtocol = ProtocolRegistry.usual) {
    host = kind.capabilities.host(in: region)
    port = 443
    isSecure = true
    basePath = ""
    query = nil
  }

  /// The first that is there decides: the URL, the region, the key's prefix, the default host.
  ///
  /// - Throws: also when a region that does not decide is none.
  package static func resolve(
    url: String?, region: String?, key: APIKey?, of kind: ServiceProtocol = ProtocolRegistry.usual
  ) throws(AddressError) -> EndpointAddress {
    let named: Region? = if let region { try Region(named: region) } else { nil }
    if let url { return try EndpointAddress(url: url) }
    let regions = kind.capabilities.regions
    if let named, !regions.contains(named) {
      let known = regions.map(\.rawValue).joined(separator: ", ")
      throw AddressError("\(kind.name) is not in the region \(named.rawValue), but in: \(known)")
    }
    return EndpointAddress(region: named ?? key?.region ?? .global, of: kind)
  }

  /// Host and port as the `Host` header has them.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// The request target of a WebSocket.
  package func target(of endpoint: Endpoint, query parameters: [(String, String)] = []) -> String {
    target(endpoint.path, query: parameters)
  }

  /// The request target of a REST call.
  ///
  /// - Parameters:
  ///   - path: beginning with a slash, such as `/v1/voices`; already escaped.
  ///   - parameters: escaped here.
  package func target(_ path: String, query parameters: [(String, String)] = []) -> String {
    var parts = query.map { [$0] } ?? []
    parts += parameters.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }
    let text = parts.joined(separator: "&")
    return basePath + path + (text.isEmpty ? "" : "?\(text)")
  }

  /// Text as it may stand in a path segment or a query value.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return result
  }
}

extension EndpointAddress: CustomStringConvertible {
  /// Fit to be shown: of a query, which may hold a secret, only that it is there.
  package var description: String {
    "\(isSecure ? "https" : "http")://\(authority)\(basePath)\(query == nil ? "" : "?…")"
  }
}
