/// A strict reading of the URLs that name a service: scheme, host, port, path and query.
///
/// Source: RFC 3986, narrowed: no user name or password, no fragment, ASCII only.
package struct URLParts: Equatable {
  package var scheme: String
  /// Lower case; an IPv6 address without its brackets.
  package var host: String
  package var port: Int?
  /// Empty, or beginning with a slash.
  package var path: String
  package var query: String?

  package init(_ text: String) throws(AddressError) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw AddressError(
        "an address must be plain ASCII without blanks (international names: xn--…)")
    }
    guard let mark = Self.range(of: "://", in: text) else {
      throw AddressError("an address begins with https://, wss://, http:// or ws://")
    }
    scheme = text[..<mark.lowerBound].lowercased()
    var rest = text[mark.upperBound...]
    guard !rest.contains(where: { #"\"<>^`{|}"#.contains($0) }) else {
      throw AddressError("the address holds a character that URLs do not have")
    }
    guard !rest.contains("#") else { throw AddressError("an address has no fragment (#…)") }
    if let question = rest.firstIndex(of: "?") {
      let text = rest[rest.index(after: question)...]
      query = text.isEmpty ? nil : String(text)
      rest = rest[..<question]
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    path = String(rest[slash...])
    let authority = rest[..<slash]
    guard !authority.contains("@") else {
      throw AddressError("an address must not hold a user name or password")
    }
    (host, port) = try Self.hostAndPort(authority)
  }

  private static func range(of mark: String, in text: String) -> Range<String.Index>? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix(mark) else { return nil }
    return colon..<text.index(colon, offsetBy: mark.count)
  }

  private static func hostAndPort(
    _ authority: Substring
  ) throws(AddressError) -> (host: String, port: Int?) {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else {
        throw AddressError("an IPv6 address needs its closing bracket")
      }
      let address = authority[authority.index(after: authority.startIndex)..<end].lowercased()
      guard isIPv6(address) else { throw AddressError("[\(address)] is no IPv6 address") }
      return (address, try port(authority[authority.index(after: end)...]))
    }
    let colon = authority.firstIndex(of: ":") ?? authority.endIndex
    let host = authority[..<colon].lowercased()
    guard !host.isEmpty else { throw AddressError("the address names no host") }
    guard authority[colon...].dropFirst().firstIndex(of: ":") == nil else {
      throw AddressError("an IPv6 address stands in brackets: [\(authority)]")
    }
    let isName = host.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
      default: false
      }
    }
    guard isName, host.utf8.count <= 253, !host.hasPrefix("."), !host.contains("..") else {
      throw AddressError("\"\(host)\" is no host name")
    }
    return (host, try port(authority[colon...]))
  }

  /// - Parameter text: empty, or a colon and perhaps digits.
  private static func port(_ text: Substring) throws(AddressError) -> Int? {
    guard let colon = text.first else { return nil }
    let digits = text.dropFirst()
    guard colon == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw AddressError("after the host comes a port of digits, or the path")
    }
    if digits.isEmpty { return nil }
    guard digits.count <= 5, let port = Int(digits), (1...65_535).contains(port) else {
      throw AddressError("port \(digits) is not between 1 and 65535")
    }
    return port
  }

  /// Eight groups of up to four hex digits, or fewer around one `::`; the last two may be written
  /// as IPv4.
  package static func isIPv6(_ text: String) -> Bool {
    if text.contains(":::") { return false }
    var groups = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard groups.count >= 3 else { return false }
    var count = 0
    if let last = groups.last, last.contains(".") {
      guard isIPv4(last) else { return false }
      groups.removeLast()
      groups.append("0")
      count += 1
    }
    // A leading or trailing `::` gives two empty pieces, one inside gives one.
    let startsOpen = groups.count > 1 && groups[0].isEmpty
    let endsOpen = groups.count > 1 && groups[groups.count - 1].isEmpty
    if startsOpen {
      guard groups[1].isEmpty else { return false }
      groups.removeFirst()
    }
    if endsOpen {
      guard groups[groups.count - 2].isEmpty else { return false }
      groups.removeLast()
    }
    let gaps = groups.count { $0.isEmpty }
    let areHex = groups.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    count += groups.count - gaps
    return areHex && (gaps == 0 ? count == 8 : gaps == 1 && count <= 7)
  }

  package static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && Int(part).map { $0 <= 255 } == true
      }
  }
}
