/// Reads the fields of one protobuf message, one after the other, and takes no memory for what it reads.
///
/// Sizes come from strangers: each is held to the bytes that there are.
package struct ProtobufScanner {
  package struct Malformed: Error, Equatable {
    package init() {}
  }

  package struct Field: Equatable {
    package var number: Int
    /// With its tag and size.
    package var whole: Range<Int>
    /// Of a text, a message or bytes; empty for numbers.
    package var content: Range<Int>
    package var isMessage: Bool
    package var value: UInt64
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// - Parameter range: the message in the bytes.
  package init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  /// - Returns: nil at the end.
  package mutating func next() throws(Malformed) -> Field? {
    guard position < end else { return nil }
    let start = position
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw Malformed() }
    let number = Int(tag >> 3)
    switch tag & 7 {
    case 0:
      let value = try varint()
      return Field(
        number: number, whole: start..<position, content: position..<position, isMessage: false,
        value: value)
    case 1: try skip(8)
    case 2:
      let size = try varint()
      guard size <= UInt64(end - position) else { throw Malformed() }
      let content = position..<position + Int(size)
      position = content.upperBound
      return Field(
        number: number, whole: start..<position, content: content, isMessage: true, value: 0)
    case 5: try skip(4)
    default: throw Malformed()
    }
    return Field(
      number: number, whole: start..<position, content: position..<position, isMessage: false,
      value: 0)
  }

  /// The next of numbers that stand together without tags.
  ///
  /// - Returns: nil at the end.
  package mutating func number() throws(Malformed) -> UInt64? {
    position < end ? try varint() : nil
  }

  private mutating func skip(_ count: Int) throws(Malformed) {
    guard count <= end - position else { throw Malformed() }
    position += count
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { throw Malformed() }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw Malformed()
  }
}

/// Writes what is put into a model.
enum ProtobufWriter {
  static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes): (UInt64, [UInt8]) = (value, [])
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func number(_ field: Int, _ value: UInt64) -> [UInt8] {
    varint(UInt64(field) << 3) + varint(value)
  }

  static func message(_ field: Int, _ content: [UInt8]) -> [UInt8] {
    header(field, size: content.count) + content
  }

  static func header(_ field: Int, size: Int) -> [UInt8] {
    varint(UInt64(field) << 3 | 2) + varint(UInt64(size))
  }
}
