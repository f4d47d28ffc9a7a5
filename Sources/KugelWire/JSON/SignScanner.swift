import CBase64

/// Reads the signs of JSON where they stand in a message, and makes no values of them.
protocol SignScanner {
  var bytes: UnsafeBufferPointer<UInt8> { get }
  /// Of the bytes.
  var count: Int { get }
  var position: Int { get set }
}

extension SignScanner {
  func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      for offset in 0..<name.count
      where unsafe bytes[range.lowerBound + offset] != name[offset] { return false }
      return true
    }
  }

  mutating func skipSpace() {
    while position < count {
      switch unsafe bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < count, unsafe bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  mutating func takeNull() -> Bool { takeWord("null") }
  mutating func takeFalse() -> Bool { takeWord("false") }

  mutating func takeWord(_ word: StaticString) -> Bool {
    skipSpace()
    let end = position + word.utf8CodeUnitCount
    guard end <= count, matches(position..<end, word) else { return false }
    position = end
    return true
  }

  /// The offsets of a string up to the next quote, whatever is in it: what is no base64 is noticed
  /// by the decoder of base64.
  mutating func text() -> Range<Int>? {
    guard take("\""), position < count, let start = unsafe bytes.baseAddress else {
      return nil
    }
    let length = unsafe kugel_find_byte(
      start + position, count - position, UInt8(ascii: "\""))
    let end = position + length
    guard end < count else { return nil }
    defer { position = end + 1 }
    return position..<end
  }

  /// The offsets of a short string of plain ASCII without escapes.
  mutating func string() -> Range<Int>? {
    guard take("\"") else { return nil }
    let start = position
    while position < count {
      switch unsafe bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return start..<(position - 1)
      case UInt8(ascii: "\\"), ..<0x20, 0x7F...: return nil
      default: position += 1
      }
    }
    return nil
  }

  /// A number of one to nine digits without a leading zero.
  mutating func number() -> Int? {
    skipSpace()
    let start = position
    var value = 0
    while position < count, position - start < 10 {
      let digit = unsafe bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      position += 1
    }
    let digits = position - start
    guard digits > 0, digits < 10, unsafe digits == 1 || bytes[start] != UInt8(ascii: "0") else {
      return nil
    }
    return value
  }
}
