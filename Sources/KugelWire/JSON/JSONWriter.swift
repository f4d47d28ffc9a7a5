/// Builds one JSON text as UTF-8, members in the order written; it cannot fail.
///
/// Numbers that JSON does not have (infinities, NaN) become 0.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// The whole text, or an element of an array.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    separate()
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func object(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
    write(name)
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func array<Element>(
    _ name: StaticString, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.write(name)
    nest(UInt8(ascii: "["), UInt8(ascii: "]")) { writer in
      for element in elements { write(&writer, element) }
    }
  }

  // An absent value writes nothing; `null` is for the few fields that want it.

  package mutating func field(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    write(name)
    write(value)
  }

  package mutating func field(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    write(name)
    bytes.append(contentsOf: value.description.utf8)
  }

  package mutating func field(_ name: StaticString, _ value: Double?) {
    guard let value else { return }
    write(name)
    bytes.append(contentsOf: (value.isFinite ? value : 0).description.utf8)
  }

  package mutating func field(_ name: StaticString, _ value: Bool?) {
    guard let value else { return }
    write(name)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func field(_ name: StaticString, _ values: [Int]?) {
    guard let values else { return }
    array(name, values) { writer, value in
      writer.separate()
      writer.bytes.append(contentsOf: value.description.utf8)
    }
  }

  /// An array of numbers, as they are told.
  package mutating func numbers(_ name: StaticString, _ tell: ((Int) -> Void) -> Void) {
    write(name)
    nest(UInt8(ascii: "["), UInt8(ascii: "]")) { writer in
      tell { value in
        writer.separate()
        writer.bytes.append(contentsOf: value.description.utf8)
      }
    }
  }

  package mutating func field(_ name: StaticString, _ values: [String]?) {
    guard let values else { return }
    array(name, values) { writer, value in
      writer.separate()
      writer.write(value)
    }
  }

  /// - Parameter name: signs that JSON takes as they are.
  package mutating func field(named name: String, _ value: SettingValue) {
    separate()
    write(name)
    bytes.append(UInt8(ascii: ":"))
    switch value {
    case .text(let text): write(text)
    case .number, .flag: bytes.append(contentsOf: value.text.utf8)
    case .numbers: bytes.append(contentsOf: "[\(value.text)]".utf8)
    }
  }

  /// A string within an array.
  package mutating func element(_ value: String) {
    separate()
    write(value)
  }

  package mutating func null(_ name: StaticString) {
    write(name)
    bytes.append(contentsOf: "null".utf8)
  }

  private mutating func nest(
    _ open: UInt8, _ close: UInt8, _ inside: (inout JSONWriter) -> Void
  ) {
    bytes.append(open)
    needsComma = false
    inside(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func write(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case ..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hexDigit(byte >> 4))
        bytes.append(hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
