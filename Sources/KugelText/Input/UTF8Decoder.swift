/// Decodes UTF-8 that arrives in pieces cut anywhere.
///
/// Whole scalars come out as soon as they are complete; a torn one waits for its rest. Invalid bytes
/// become U+FFFD, one for each maximal subpart, exactly as `String(decoding:as:)` has it. A byte
/// order mark that opens the stream is dropped. Control characters pass unchanged.
package struct UTF8Decoder: Sendable {
  /// Bytes from the start of the stream to the first that is not UTF-8; nil while all were good.
  package private(set) var firstInvalidOffset: Int?

  /// At most three bytes, the valid beginning of a scalar.
  private var torn: [UInt8] = []
  /// Offset in the stream of the first byte not yet decoded.
  private var decoded = 0
  private var hasBegun = false

  package init() {}

  /// - Returns: the scalars completed by these bytes; may be empty.
  package mutating func decode(_ bytes: some Sequence<UInt8>) -> String {
    var all = torn
    all.append(contentsOf: bytes)
    let whole = all.count - Self.tornCount(of: all)
    torn = Array(all[whole...])
    return convert(all[..<whole])
  }

  /// Ends the stream: what was torn is invalid now.
  package mutating func finish() -> String {
    let rest = torn
    torn = []
    return convert(rest[...])
  }

  private mutating func convert(_ bytes: ArraySlice<UInt8>) -> String {
    guard !bytes.isEmpty else { return "" }
    defer { decoded += bytes.count }
    var text: String
    if let valid = String(validating: bytes, as: UTF8.self) {
      text = valid
    } else {
      text = String(decoding: bytes, as: UTF8.self)
      if firstInvalidOffset == nil {
        firstInvalidOffset = decoded + Self.validCount(of: bytes)
      }
    }
    if !hasBegun {
      hasBegun = true
      if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    }
    return text
  }

  /// How many bytes at the end are the valid beginning of a scalar whose rest is missing.
  private static func tornCount(of bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let lead = bytes[bytes.count - count]
      if lead & 0xC0 == 0x80 { continue }
      let needed = length(of: lead)
      guard needed > count else { return 0 }
      if count >= 2, !isSecond(bytes[bytes.count - count + 1], after: lead) { return 0 }
      return count
    }
    return 0
  }

  private static func validCount(of bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let needed = length(of: bytes[index])
      guard needed > 0, index + needed <= bytes.endIndex else { break }
      if needed > 1 {
        guard isSecond(bytes[index + 1], after: bytes[index]) else { break }
        guard bytes[(index + 2)..<(index + max(2, needed))].allSatisfy({ $0 & 0xC0 == 0x80 }) else {
          break
        }
      }
      index += needed
    }
    return index - bytes.startIndex
  }

  /// Bytes of the scalar that this byte begins; 0 if it begins none.
  private static func length(of lead: UInt8) -> Int {
    switch lead {
    case 0x00...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Overlong forms, surrogates and values above U+10FFFF show in the second byte.
  private static func isSecond(_ byte: UInt8, after lead: UInt8) -> Bool {
    switch lead {
    case 0xE0: (0xA0...0xBF).contains(byte)
    case 0xED: (0x80...0x9F).contains(byte)
    case 0xF0: (0x90...0xBF).contains(byte)
    case 0xF4: (0x80...0x8F).contains(byte)
    default: (0x80...0xBF).contains(byte)
    }
  }
}
