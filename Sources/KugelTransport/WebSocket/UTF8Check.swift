/// Whether bytes are UTF-8, at the speed of memory where they are ASCII.
enum UTF8Check {
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    var position = 0
    while position < count {
      position = unsafe endOfASCII(bytes, from: position)
      guard position < count else { return true }
      guard let length = unsafe sequenceLength(bytes, at: position) else { return false }
      position += length
    }
    return true
  }

  /// The offset of the first byte at or after `start` that is not ASCII.
  private static func endOfASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    typealias Word = SIMD4<UInt64>
    let high: UInt64 = 0x8080_8080_8080_8080
    var position = start
    while position + 64 <= bytes.count {
      let first = unsafe bytes.loadUnaligned(fromByteOffset: position, as: Word.self)
      let second = unsafe bytes.loadUnaligned(fromByteOffset: position + 32, as: Word.self)
      let both = first | second
      guard (both.x | both.y | both.z | both.w) & high == 0 else { break }
      position += 64
    }
    while position + 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      guard word & high == 0 else { break }
      position += 8
    }
    while position < bytes.count, unsafe bytes[position] < 0x80 { position += 1 }
    return position
  }

  /// The length of the scalar of two to four bytes at `position`; nil when there is none.
  ///
  /// Source: RFC 3629, section 4.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int? {
    let lead = unsafe bytes[position]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return nil
    }
    guard position + length <= bytes.count, unsafe second.contains(bytes[position + 1]) else {
      return nil
    }
    for offset in 2..<max(length, 2)
    where unsafe bytes[position + offset] & 0xC0 != 0x80 { return nil }
    return length
  }
}
