import Glibc

/// The hosts that are reached without a proxy, as `no_proxy` lists them. Pure.
///
/// Names mean themselves and all below them, with or without a dot in front; addresses themselves or,
/// with `/BITS`, their network. `*` alone means every host; inside a list or a name it means nothing, and a
/// name with a port no host at all. All this is so with curl.
struct NoProxyList {
  private let all: Bool
  private let entries: [String]

  init(_ text: String) {
    all = text == "*"
    entries = text.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
  }

  func contains(_ host: String) -> Bool {
    if all { return true }
    if let address = IPAddress(host) {
      return entries.contains { Self.network($0, contains: address) }
    }
    let name = Self.plain(host)
    return entries.contains { entry in
      var suffix = Self.plain(entry)
      if suffix.hasPrefix(".") { suffix.removeFirst() }
      return !suffix.isEmpty && (name == suffix || name.hasSuffix("." + suffix))
    }
  }

  private static func network(_ entry: String, contains address: IPAddress) -> Bool {
    let parts = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let network = IPAddress(String(parts[0])) else { return false }
    // As with curl, a size of none at all or of 0 is no size.
    let bits = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    return address.isIn(network, bits: bits == 0 ? network.bytes.count * 8 : bits)
  }

  private static func plain(_ name: String) -> String {
    var name = name.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    return name
  }
}

/// A numeric address, IPv4 or IPv6.
struct IPAddress: Hashable {
  /// 4 or 16, in the order of the wire.
  let bytes: [UInt8]

  /// Nil for what is no numeric address; a zone (`%eth0`) does not count.
  init?(_ text: String) {
    let plain = String(text.prefix { $0 != "%" })
    var (four, six) = (in_addr(), in6_addr())
    if unsafe inet_pton(AF_INET, plain, &four) == 1 {
      bytes = unsafe withUnsafeBytes(of: &four) { unsafe Array($0) }
    } else if unsafe inet_pton(AF_INET6, plain, &six) == 1 {
      let all = unsafe withUnsafeBytes(of: &six) { unsafe Array($0) }
      // An IPv4 address in IPv6's clothes is the same host.
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? Array(all.suffix(4)) : all
    } else {
      return nil
    }
  }

  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Whether the first `bits` are those of `network`.
  func isIn(_ network: IPAddress, bits: Int) -> Bool {
    guard bytes.count == network.bytes.count, (0...bytes.count * 8).contains(bits) else {
      return false
    }
    return (0..<bits).allSatisfy { bit in
      (bytes[bit / 8] ^ network.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }
}
