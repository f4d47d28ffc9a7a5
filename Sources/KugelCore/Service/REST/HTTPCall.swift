/// One HTTP request as a service sees it.
package struct HTTPCall: Equatable, Sendable {
  package var method: String
  /// Without the query, still percent-encoded.
  package var path: String
  package var query: QueryItems
  /// By lower-case name.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(
    _ method: String, _ path: String, query: QueryItems = QueryItems(),
    headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

/// A complete HTTP response.
package struct HTTPAnswer: Equatable, Sendable {
  package struct Header: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var status: Int
  package var headers: [Header]
  package var body: [UInt8]

  package init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A JSON object.
  static func json(_ status: Int = 200, _ members: (inout JSONWriter) -> Void) -> HTTPAnswer {
    var writer = JSONWriter()
    writer.object(members)
    return HTTPAnswer(
      status: status, headers: [Header("content-type", "application/json")], body: writer.bytes)
  }

  /// Source: protocol notes, section 8.1.
  package init(_ error: ServiceError) {
    self.init(
      status: error.code, headers: [Header("content-type", "application/json")],
      body: KugelCodec.encode(error))
    if let retryAfter = error.retryAfter {
      headers.append(Header("retry-after", "\(Int(retryAfter.rounded(.up)))"))
    }
  }

  package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// The members of a URL's query, decoded, in order.
package struct QueryItems: Equatable, Sendable {
  package private(set) var items: [(name: String, value: String)] = []

  package init() {}

  /// - Parameter text: what follows the question mark.
  package init(_ text: some StringProtocol) {
    for item in text.split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      items.append((percentDecoded(parts[0]), parts.count > 1 ? percentDecoded(parts[1]) : ""))
    }
  }

  /// The first of that name.
  package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  package static func == (one: QueryItems, other: QueryItems) -> Bool {
    one.items.elementsEqual(other.items) { $0 == $1 }
  }

  func integer(_ name: String) throws(ServiceError) -> Int? {
    guard let text = self[name], !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw .validation("\(name) must be an integer") }
    return number
  }

  func integer(
    _ name: String, default fallback: Int, in range: ClosedRange<Int>
  ) throws(ServiceError) -> Int {
    let number = try integer(name) ?? fallback
    guard range.contains(number) else {
      throw .validation(
        range.upperBound == .max
          ? "\(name) must be at least \(range.lowerBound)"
          : "\(name) must be between \(range.lowerBound) and \(range.upperBound)")
    }
    return number
  }

  func boolean(_ name: String, default fallback: Bool) throws(ServiceError) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "": fallback
    case "true", "1": true
    case "false", "0": false
    default: throw .validation("\(name) must be true or false")
    }
  }
}

/// Bytes that a `%` names; a plus is a blank, as forms write it. What is not UTF-8 is replaced.
package func percentDecoded(_ text: some StringProtocol, plusIsBlank: Bool = true) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
    {
      result.append(high << 4 | low)
      index += 3
      continue
    }
    let isBlank = plusIsBlank && bytes[index] == UInt8(ascii: "+")
    result.append(isBlank ? UInt8(ascii: " ") : bytes[index])
    index += 1
  }
  return String(decoding: result, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
  Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
}
