/// Where a value comes to stand; its content is told piece by piece.
final class JSONPlace {
  enum Content {
    /// As it is written.
    case scalar(String)
    case elements([JSONPlace])
    case members([String: JSONPlace])
  }

  /// What tells nothing of itself is an empty object.
  var content = Content.members([:])

  func member(_ name: String) -> JSONPlace {
    var members: [String: JSONPlace] = [:]
    if case .members(let known) = content { members = known }
    // Held by one only, it is not copied when it grows.
    content = .members([:])
    let place = JSONPlace()
    members[name] = place
    content = .members(members)
    return place
  }

  var count: Int {
    if case .elements(let elements) = content { elements.count } else { 0 }
  }

  func element() -> JSONPlace {
    var elements: [JSONPlace] = []
    if case .elements(let known) = content { elements = known }
    content = .elements([])
    let place = JSONPlace()
    elements.append(place)
    content = .elements(elements)
    return place
  }
}

/// Tells what is `Encodable` to its place.
struct ValueEncoder: Encoder, SingleValueEncodingContainer {
  let place: JSONPlace
  let names: JSONNames
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func at(_ key: any CodingKey, _ place: JSONPlace) -> ValueEncoder {
    ValueEncoder(place: place, names: names, codingPath: codingPath + [key])
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedPlaces(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    place.content = .elements([])
    return UnkeyedPlaces(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { place.content = .scalar("null") }

  func encode(_ value: some Encodable) throws {
    switch value {
    case let text as String: place.content = .scalar(JSONQuotes.quoted(text))
    case let number as Double: try encode(number: number)
    case let number as Float: try encode(number: number)
    case let number as any BinaryInteger: place.content = .scalar("\(number)")
    case let flag as Bool: place.content = .scalar("\(flag)")
    default: try value.encode(to: self)
    }
  }

  private func encode(number: some BinaryFloatingPoint & CustomStringConvertible) throws {
    guard number.isFinite else {
      throw EncodingError.invalidValue(
        number, .init(codingPath: codingPath, debugDescription: "JSON has no \(number)"))
    }
    let written = number.description
    place.content = .scalar(written.hasSuffix(".0") ? String(written.dropLast(2)) : written)
  }
}
