import KugelWire

/// One HTTP request as a service sees it.
package struct APIRequest: Equatable, Sendable {
  package var method: String
  /// Without the query, percent signs decoded.
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
package struct APIResponse: Equatable, Sendable {
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
  static func json(_ status: Int = 200, _ members: (inout JSONWriter) -> Void) -> APIResponse {
    var writer = JSONWriter()
    writer.object(members)
    return APIResponse(
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

/// The members of a URL's query, percent signs decoded, in order.
package struct QueryItems: Equatable, Sendable {
  package let items: [(name: String, value: String)]

  package init(_ items: [(name: String, value: String)] = []) { self.items = items }

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
