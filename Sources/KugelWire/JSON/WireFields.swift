import KugelJSON

/// What is wrong with one field of a message.
package struct FieldError: Error, Equatable {
  package var field: String
  /// Such as "a number".
  package var expected: String

  package init(field: String, expected: String) {
    self.field = field
    self.expected = expected
  }

  package var message: String { "\(field) must be \(expected)" }
}

/// The members of one JSON object, read leniently: null is as good as absent, a number may be
/// written as an integer or not, members nobody asks for are not looked at.
package struct WireFields {
  private let members: JSONObject
  package var names: [String] { members.names }

  package init(_ members: JSONObject) { self.members = members }

  package func has(_ name: String) -> Bool { value(name) != nil }

  package func string(_ name: String) throws(FieldError) -> String? {
    try read(name, "a string", \.string)
  }

  package func number(_ name: String) throws(FieldError) -> Double? {
    try read(name, "a number") { $0.number() }
  }

  package func integer(_ name: String) throws(FieldError) -> Int? {
    try read(name, "an integer") { $0.integer() }
  }

  /// A number of any kind, to the nearest integer.
  package func rounded(_ name: String) throws(FieldError) -> Int? {
    guard let number = try number(name) else { return nil }
    guard let integer = Int(exactly: number.rounded()) else {
      throw FieldError(field: name, expected: "a number of reasonable size")
    }
    return integer
  }

  package func boolean(_ name: String) throws(FieldError) -> Bool? {
    try read(name, "true or false", \.boolean)
  }

  /// Whether the member is there and true.
  package func flag(_ name: String) throws(FieldError) -> Bool {
    try boolean(name) ?? false
  }

  package func integers(_ name: String) throws(FieldError) -> [Int]? {
    try list(name, "integers") { $0.integer() }
  }

  package func numbers(_ name: String) throws(FieldError) -> [Double]? {
    try list(name, "numbers") { $0.number() }
  }

  package func strings(_ name: String) throws(FieldError) -> [String]? {
    try list(name, "strings", \.string)
  }

  package func object(_ name: String) throws(FieldError) -> WireFields? {
    try read(name, "an object") { $0.object.map(WireFields.init) }
  }

  package func objects(_ name: String) throws(FieldError) -> [WireFields]? {
    try list(name, "objects") { $0.object.map(WireFields.init) }
  }

  private func value(_ name: String) -> JSONValue? {
    guard let value = members[name], !value.isNull else { return nil }
    return value
  }

  /// - Parameter read: nil for a value of another kind.
  private func read<Value>(
    _ name: String, _ expected: String, _ read: (JSONValue) -> Value?
  ) throws(FieldError) -> Value? {
    guard let value = value(name) else { return nil }
    guard let read = read(value) else { throw FieldError(field: name, expected: expected) }
    return read
  }

  private func list<Value>(
    _ name: String, _ expected: String, _ element: (JSONValue) -> Value?
  ) throws(FieldError) -> [Value]? {
    try read(name, "a list of \(expected)") { list in
      guard let elements = list.elements else { return nil }
      let values = elements.compactMap(element)
      return values.count == elements.count ? values : nil
    }
  }
}

/// Why a text is not a JSON object.
package typealias WireSyntaxError = JSONObjectError

/// Reads one JSON object by `read`, which sees its members; rethrows what `read` throws.
///
/// - Throws: `WireSyntaxError` when it is none.
package func withWireObject<Result>(
  _ json: UnsafeBufferPointer<UInt8>, _ read: (WireFields) throws -> Result
) throws -> Result {
  try read(WireFields(JSONObject(unsafe Array(json))))
}
