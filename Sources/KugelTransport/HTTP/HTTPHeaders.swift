/// Header fields in order; names compare without regard to case.
package struct HTTPHeaders: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  package struct Field: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var fields: [Field]

  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  package init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  /// The first field of that name.
  package subscript(name: String) -> String? {
    fields.first { equal($0.name, name) }?.value
  }

  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// Whether a comma-separated field, repeated or not, lists `token`.
  package func lists(_ token: String, in name: String) -> Bool {
    fields.contains { field in
      equal(field.name, name)
        && field.value.utf8.split(separator: UInt8(ascii: ",")).contains {
          equal(trimmed(String(Substring($0))), token)
        }
    }
  }

  /// Whether names and values can stand in a message head: no line breaks, names of token letters.
  package var areSendable: Bool {
    fields.allSatisfy { field in
      !field.name.isEmpty && field.name.utf8.allSatisfy(isTokenByte)
        && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
  }
}

/// RFC 9110, 5.6.2.
func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}

func trimmed(_ text: String) -> String {
  let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
  let bytes = text.utf8.drop(while: isSpace)
  guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return "" }
  return String(Substring(bytes[...last]))
}

private func equal(_ a: String, _ b: String) -> Bool {
  let (a, b) = (a.utf8, b.utf8)
  return a.count == b.count && zip(a, b).allSatisfy { lower($0) == lower($1) }
}

private func lower(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
