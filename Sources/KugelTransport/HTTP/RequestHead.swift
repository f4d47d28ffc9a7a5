/// Request line and headers, as a server reads them.
///
/// Source: RFC 9112.
package struct RequestHead: Sendable, Equatable {
  package var method: String
  /// As sent.
  package var target: String
  /// Without the query, percent signs decoded.
  package var path: String
  /// Names and values decoded, in order; a name without `=` has an empty value.
  package var query: [HTTPHeaders.Field]
  package var headers: HTTPHeaders
  /// 0 for HTTP/1.0.
  package var minorVersion: Int

  /// The first value of that name in the query.
  package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// Whether the connection may carry another request afterwards.
  var keepsAlive: Bool { minorVersion >= 1 && !headers.lists("close", in: "connection") }

  /// Nil when `bytes`, all up to the empty line, are no request.
  init?(_ bytes: some Collection<UInt8>) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var heads: [Substring] = []
    for line in lines {
      guard line.last == 0x0D else { return nil }
      heads.append(Substring(line.dropLast()))
    }
    guard let first = heads.first else { return nil }
    let parts = first.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].utf8.allSatisfy(isTokenByte) else {
      return nil
    }
    switch parts[2] {
    case "HTTP/1.1": minorVersion = 1
    case "HTTP/1.0": minorVersion = 0
    default: return nil
    }
    method = String(parts[0])
    target = String(parts[1])
    guard let (path, query) = Self.split(target: parts[1]) else { return nil }
    self.path = path
    self.query = query
    headers = HTTPHeaders()
    for line in heads.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon]
      guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else { return nil }
      headers.append(String(name), trimmed(String(line[line.index(after: colon)...])))
    }
    guard headers.areSendable else { return nil }
  }

  private static func split(
    target: Substring
  ) -> (path: String, query: [HTTPHeaders.Field])? {
    var rest = target
    for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
      let host = rest.dropFirst(scheme.count)
      rest = host.firstIndex { $0 == "/" || $0 == "?" }.map { host[$0...] } ?? "/"
    }
    guard rest == "*" || rest.hasPrefix("/") || rest.hasPrefix("?") else { return nil }
    let mark = rest.firstIndex(of: "?") ?? rest.endIndex
    guard let path = decode(rest[..<mark], plusIsSpace: false) else { return nil }
    var query: [HTTPHeaders.Field] = []
    for item in rest[mark...].dropFirst().split(separator: "&") {
      let equals = item.firstIndex(of: "=") ?? item.endIndex
      guard let name = decode(item[..<equals], plusIsSpace: true),
        let value = decode(item[equals...].dropFirst(), plusIsSpace: true)
      else { return nil }
      query.append(HTTPHeaders.Field(name: name, value: value))
    }
    return (path, query)
  }

  private static func decode(_ text: Substring, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.popFirst().flatMap(hexDigit),
          let low = rest.popFirst().flatMap(hexDigit)
        else { return nil }
        bytes.append(high << 4 | low)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
