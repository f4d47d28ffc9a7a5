/// Characters out of the bytes that a terminal sends for its keys.
package struct KeyReader {
  /// Came where the rest of a character should have.
  private var leftOver: UInt8?

  package init() {}

  /// Whether there is more without the terminal.
  package var isAhead: Bool { leftOver != nil }

  /// - Parameters:
  ///   - first: a byte from the terminal; nil when there is none.
  ///   - rest: another one of the same character, which comes at once if it comes.
  /// - Returns: nil when there was no byte; the replacement character for what is not UTF-8.
  package mutating func next(
    first: () -> UInt8?, rest: () -> UInt8?
  ) -> Unicode.Scalar? {
    guard let lead = leftOver ?? first() else { return nil }
    leftOver = nil
    var bytes = [lead]
    while bytes.count < Self.length(lead), let byte = rest() {
      guard byte & 0xC0 == 0x80 else {
        leftOver = byte
        break
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
  }

  private static func length(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
