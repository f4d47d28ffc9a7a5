/// What is read of one value without looking into it.
protocol JSONScalar {
  static var kind: JSONValue.Kind { get }
  /// nil when what is written does not fit.
  static func read(_ value: JSONValue) -> Self?
}

extension Bool: JSONScalar {
  static var kind: JSONValue.Kind { .boolean }
  static func read(_ value: JSONValue) -> Bool? { value.boolean }
}

extension String: JSONScalar {
  static var kind: JSONValue.Kind { .string }
  static func read(_ value: JSONValue) -> String? { value.string }
}

extension JSONScalar where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var kind: JSONValue.Kind { .number }
  static func read(_ value: JSONValue) -> Self? { value.number(as: Self.self) }
}

extension Double: JSONScalar {}
extension Float: JSONScalar {}

extension JSONScalar where Self: FixedWidthInteger {
  static var kind: JSONValue.Kind { .number }
  static func read(_ value: JSONValue) -> Self? { value.integer(as: Self.self) }
}

extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}
