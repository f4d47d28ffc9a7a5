/// The front of one frame.
///
/// Source: RFC 6455, section 5.2.
struct WebSocketFrameHeader: Equatable {
  static let maximumLength = 14

  enum Parsed: Equatable {
    /// More bytes are needed.
    case incomplete
    case violation(String)
    case header(WebSocketFrameHeader, length: Int)
  }

  var isFinal: Bool
  var opcode: WebSocketOpcode
  /// In the order of the wire.
  var mask: SIMD4<UInt8>?
  var payloadLength: Int

  static func parse(_ bytes: UnsafeRawBufferPointer) -> Parsed {
    guard bytes.count >= 2 else { return .incomplete }
    let (first, second) = unsafe (bytes[0], bytes[1])
    guard first & 0x70 == 0 else { return .violation("reserved bits are set") }
    guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
      return .violation("unknown opcode \(first & 0x0F)")
    }
    let isFinal = first & 0x80 != 0
    let short = Int(second & 0x7F)
    if opcode.isControl {
      guard isFinal else { return .violation("a control frame in fragments") }
      guard short <= 125 else { return .violation("a control frame over 125 bytes") }
    }
    let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
    let maskBytes = second & 0x80 == 0 ? 0 : 4
    let headerLength = 2 + lengthBytes + maskBytes
    guard bytes.count >= headerLength else { return .incomplete }

    var length = lengthBytes == 0 ? UInt64(short) : 0
    for offset in 0..<lengthBytes { length = unsafe length << 8 | UInt64(bytes[2 + offset]) }
    guard let payloadLength = Int(exactly: length) else {
      return .violation("a length with its highest bit set")
    }
    guard lengthBytes == 0 || payloadLength > (lengthBytes == 2 ? 125 : 0xFFFF) else {
      return .violation("a length in more bytes than it needs")
    }
    var mask: SIMD4<UInt8>?
    if maskBytes == 4 {
      mask = unsafe bytes.loadUnaligned(fromByteOffset: 2 + lengthBytes, as: SIMD4<UInt8>.self)
    }
    return .header(
      WebSocketFrameHeader(
        isFinal: isFinal, opcode: opcode, mask: mask, payloadLength: payloadLength),
      length: headerLength)
  }
}
