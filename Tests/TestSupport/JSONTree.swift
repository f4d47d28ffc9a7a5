/// All of a JSON text, as whoever decodes it understands it: two readers can be held to the same tree.
package indirect enum JSONTree: Decodable, Equatable, Sendable {
  case null
  case flag(Bool)
  /// Where it is exactly an integer, as that too.
  case number(Double, Int?)
  case text(String)
  case array([JSONTree])
  case object([String: JSONTree])
  /// What no type can hold: a number out of all bounds.
  case unreadable

  package init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Name.self) {
      self = .object(
        try members.allKeys.reduce(into: [:]) { object, name in
          object[name.stringValue] = try members.decode(JSONTree.self, forKey: name)
        })
      return
    }
    if var elements = try? decoder.unkeyedContainer() {
      var array: [JSONTree] = []
      while !elements.isAtEnd { array.append(try elements.decode(JSONTree.self)) }
      self = .array(array)
      return
    }
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number, try? value.decode(Int.self))
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .unreadable
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
