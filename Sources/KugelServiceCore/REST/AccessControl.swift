/// Who may use a service: the keys it knows and the web pages it allows.
///
/// Source: protocol notes, section 2.
package struct AccessControl: Sendable {
  /// Without any, nobody is asked for one.
  private let keys: [[UInt8]]
  private let origins: Set<String>
  private let hosts: HostNames?

  /// - Parameters:
  ///   - allowedOrigins: as browsers write them, such as `https://example.org`; `*` is all.
  ///   - hosts: nil answers to any name.
  package init(keys: [String] = [], allowedOrigins: [String] = [], hosts: HostNames? = nil) {
    self.hosts = hosts
    self.keys = keys.map { Array($0.utf8) }
    origins = Set(allowedOrigins.map { $0.lowercased() })
  }

  package var asksForKey: Bool { !keys.isEmpty }

  /// Takes a key from the `Authorization`, `X-API-Key` or `xi-api-key` header or the query.
  package func admits(_ call: APIRequest) -> Bool {
    !asksForKey || presented(by: call).contains { isKnown($0) }
  }

  /// Whether it shows any key, taken or not.
  package func presents(_ call: APIRequest) -> Bool { !presented(by: call).isEmpty }

  /// Takes a key that came in a message.
  package func admits(key: String) -> Bool { !asksForKey || isKnown(key) }

  /// Source: protocol notes, section 2; ElevenLabs notes, section 2.
  private func presented(by call: APIRequest) -> [String] {
    let query = ["api_key", "single_use_token"].map { call.query[$0] }
    return [
      bearer(call.headers["authorization"]), call.headers["x-api-key"], call.headers["xi-api-key"],
      bearer(call.query["authorization"]),
    ].compactMap(\.self) + query.compactMap(\.self)
  }

  /// Whether the page that a browser acts for may use the service; who is no browser says nothing.
  package func allowsOrigin(_ origin: String?) -> Bool {
    guard let origin else { return true }
    return origins.contains("*") || origins.contains(origin.lowercased())
  }

  /// Whether the service is called by a name of its own.
  package func allowsHost(_ host: String?) -> Bool { hosts?.admit(host) ?? true }

  private func bearer(_ header: String?) -> String? {
    let parts = (header ?? "").split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1].drop { $0 == " " })
  }

  /// How long this takes tells nothing of the keys but how long they are.
  private func isKnown(_ presented: String) -> Bool {
    let presented = Array(presented.utf8)
    var isKnown = false
    for key in keys {
      var difference = key.count ^ presented.count
      for (index, byte) in presented.enumerated() {
        difference |= Int(byte ^ (key.isEmpty ? 0 : key[index % key.count]))
      }
      isKnown = difference == 0 || isKnown
    }
    return isKnown && !presented.isEmpty
  }
}

extension AccessControl {
  /// The keys of a key file: one a line; blank lines and those that begin with `#` do not count.
  package static func keys(inFile text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { line in
      String(line.trimmingBlanks)
    }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }
}

extension Substring {
  /// Without blanks and tabs at either end.
  var trimmingBlanks: Substring {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var rest = drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }
}
