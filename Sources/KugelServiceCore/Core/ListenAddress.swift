import KugelWire

/// Where a service listens.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
  /// A numeric address without brackets, or a name.
  package var host: String
  /// 0 takes a free one.
  package var port: UInt16

  package init(host: String = "127.0.0.1", port: UInt16 = 8000) {
    self.host = host
    self.port = port
  }

  /// `HOST:PORT`, with an IPv6 address in brackets; without a port it is 8000.
  package init?(_ text: String) {
    var rest = text[...]
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
      guard URLParts.isIPv6(host) else { return nil }
    } else {
      let colon = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<colon])
      rest = rest[colon...]
    }
    guard !host.isEmpty else { return nil }
    port = 8000
    if rest.isEmpty { return }
    let digits = rest.dropFirst()
    guard rest.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = UInt16(digits)
    else { return nil }
    port = number
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    host.lowercased() == "localhost" || host == "::1"
      || (host.hasPrefix("127.") && URLParts.isIPv4(host))
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
