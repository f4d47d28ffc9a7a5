/// How the members of objects are called, beside the names of the properties they stand for.
package enum JSONNames: Sendable {
  case same
  /// `first_sound` for `firstSound`, in the names of dictionaries too.
  case snake

  func name(of key: any CodingKey) -> String {
    switch self {
    case .same: key.stringValue
    case .snake:
      key.stringValue.reduce(into: "") { name, letter in
        name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
      }
    }
  }
}

/// Reads what is `Decodable` of a JSON text.
package struct JSONReader: Sendable {
  private let names: JSONNames

  package init(names: JSONNames = .same) { self.names = names }

  /// - Parameter json: UTF-8.
  /// - Throws: `DecodingError`, or what `Value` itself throws.
  package func read<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
    guard let value = JSONValue(json) else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "it is not JSON"))
    }
    return try ValueDecoder(value: value, names: names, codingPath: []).decode(type)
  }
}

/// One value, at its place in the text.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSONValue
  let names: JSONNames
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func at(_ key: any CodingKey, _ value: JSONValue) -> ValueDecoder {
    ValueDecoder(value: value, names: names, codingPath: codingPath + [key])
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let object = value.object else { throw unlike([String: Any].self) }
    return KeyedDecodingContainer(KeyedValues(object: object, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let elements = value.elements else { throw unlike([Any].self) }
    return UnkeyedValues(elements: elements, decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value.isNull }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard let scalar = type as? any JSONScalar.Type else { return try Value(from: self) }
    guard value.kind == scalar.kind else { throw unlike(type) }
    guard let read = scalar.read(value) as? Value else {
      throw DecodingError.dataCorrupted(context("it does not fit \(type)"))
    }
    return read
  }

  private func unlike(_ type: Any.Type) -> DecodingError {
    value.isNull
      ? .valueNotFound(type, context("it is null"))
      : .typeMismatch(type, context("it is of another kind: \(value.kind)"))
  }

  private func context(_ words: String) -> DecodingError.Context {
    DecodingError.Context(codingPath: codingPath, debugDescription: words)
  }
}
