/// A value of a JSON text; what it says is read when it is asked for.
package struct JSONValue: Sendable {
  let text: JSONScanner
  let range: Range<Int>

  package enum Kind: Sendable { case null, boolean, number, string, array, object }

  /// - Parameter json: UTF-8. A byte order mark before it is passed over.
  /// - Returns: nil for what is not one JSON text by RFC 8259.
  package init?(_ json: [UInt8]) {
    let text = JSONScanner(bytes: json)
    let start = text.start
    guard let end = text.end(ofValueAt: start), text.blanksEnd(from: end) == json.count else {
      return nil
    }
    self.init(text, start..<end)
  }

  /// - Parameter range: where a value stands in a text that is whole.
  init(_ text: JSONScanner, _ range: Range<Int>) {
    self.text = text
    self.range = range
  }

  package var kind: Kind {
    switch text.bytes[range.lowerBound] {
    case UInt8(ascii: "n"): .null
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "{"): .object
    default: .number
    }
  }

  package var isNull: Bool { kind == .null }

  package var boolean: Bool? {
    kind == .boolean ? text.bytes[range.lowerBound] == UInt8(ascii: "t") : nil
  }

  /// U+FFFD stands for an escaped surrogate without its partner, which a client that cuts text between
  /// UTF-16 units can send. nil when the bytes are not UTF-8.
  package var string: String? {
    guard kind == .string else { return nil }
    let letters = text.letters(ofStringAt: range) { _ in [0xEF, 0xBF, 0xBD] }
    return String(validating: letters, as: UTF8.self)
  }

  /// The nearest that there is; nil when it is too large, or so small that nothing is left of it.
  package func number<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    as type: Number.Type = Double.self
  ) -> Number? {
    guard kind == .number, let number = Number(String(decoding: text.bytes[range], as: UTF8.self))
    else { return nil }
    return number.isFinite && (number != 0 || isZero) ? number : nil
  }

  private var isZero: Bool {
    text.bytes[range].prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }

  /// Exactly this number, which may be written as 2.0 or 2e3; nil when it does not fit.
  package func integer<Number: FixedWidthInteger>(as type: Number.Type = Int.self) -> Number? {
    kind == .number ? JSONNumber(text.bytes[range])?.integer() : nil
  }

  package var elements: [JSONValue]? {
    guard kind == .array else { return nil }
    var elements: [JSONValue] = []
    _ = text.end(ofArrayAt: range.lowerBound) { elements.append(JSONValue(text, $0)) }
    return elements
  }

  /// nil also when a name is not UTF-8.
  package var object: JSONObject? {
    guard kind == .object else { return nil }
    var members: [JSONScanner.Member] = []
    _ = text.end(ofObjectAt: range.lowerBound) { members.append($0) }
    return JSONObject(text, members)
  }
}
