import KugelWire

/// The names that a service on this machine answers to.
///
/// A page of the web can have a name of its own point to this machine (DNS rebinding), and a browser then
/// lets it ask as if the service were the page's. What it cannot do is have the browser say another name
/// than its own.
package struct HostNames: Equatable, Sendable {
  private let names: Set<String>
  private let all: Bool

  /// - Parameters:
  ///   - listening: the host of the address that is listened on.
  ///   - others: names that clients may use besides; `*` is all.
  package init(listening: String, others: [String] = []) {
    all = others.contains("*")
    names = Set((others + [listening, "localhost", "::1"]).map(Self.plain))
  }

  /// - Parameter header: the `Host` header; who is no browser may leave it out.
  package func admit(_ header: String?) -> Bool {
    guard let header, !all else { return true }
    let name = Self.plain(Self.withoutPort(header))
    return names.contains(name) || (name.hasPrefix("127.") && URLParts.isIPv4(name))
  }

  private static func withoutPort(_ header: String) -> String {
    if header.hasPrefix("[") { return String(header.dropFirst().prefix { $0 != "]" }) }
    return String(header.prefix { $0 != ":" })
  }

  private static func plain(_ name: String) -> String {
    var name = name.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    return name
  }
}
