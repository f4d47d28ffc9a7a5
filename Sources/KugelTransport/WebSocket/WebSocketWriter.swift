/// Writes frames. Each is one whole message; we never send fragments.
///
/// Source: RFC 6455, sections 5.2 to 5.5.
package enum WebSocketWriter {
  /// Bytes that a control frame may carry.
  package static let maximumControlPayload = 125

  /// Appends one frame to `output`.
  ///
  /// - Parameter mask: four bytes that nobody can guess, for each frame anew, from a client; nil from
  ///   a service.
  package static func append(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], mask: SIMD4<UInt8>?, to output: inout [UInt8]
  ) {
    let payload =
      opcode.isControl ? payload.prefix(maximumControlPayload) : payload[...]
    output.reserveCapacity(output.count + payload.count + WebSocketFrameHeader.maximumLength)
    output.append(0x80 | opcode.rawValue)
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch payload.count {
    case ...125: output.append(maskBit | UInt8(payload.count))
    case ...0xFFFF:
      output.append(maskBit | 126)
      appendBigEndian(UInt16(payload.count), to: &output)
    default:
      output.append(maskBit | 127)
      appendBigEndian(UInt64(payload.count), to: &output)
    }
    if let mask { for place in 0..<4 { output.append(mask[place]) } }
    let start = output.count
    output.append(contentsOf: payload)
    guard let mask else { return }
    unsafe output.withUnsafeMutableBytes { bytes in
      unsafe WebSocketMask.apply(
        mask, to: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
  }

  /// Bytes of the frame that `append` makes.
  package static func size(
    of opcode: WebSocketOpcode, _ payload: [UInt8], from role: WebSocketRole
  ) -> Int {
    let count = opcode.isControl ? min(payload.count, maximumControlPayload) : payload.count
    let length = count <= 125 ? 0 : count <= 0xFFFF ? 2 : 8
    return 2 + length + (role == .client ? 4 : 0) + count
  }

  /// What a close frame carries; a code that may not travel is left out, a long reason is cut at a
  /// scalar.
  package static func closePayload(code: UInt16?, reason: String = "") -> [UInt8] {
    var payload: [UInt8] = []
    if let code, WebSocketCloseCode.isAllowed(code) {
      appendBigEndian(code, to: &payload)
      for scalar in reason.unicodeScalars {
        let encoded = UTF8.encode(scalar).map(Array.init) ?? []
        guard payload.count + encoded.count <= maximumControlPayload else { break }
        payload.append(contentsOf: encoded)
      }
    }
    return payload
  }

  private static func appendBigEndian(
    _ value: some FixedWidthInteger, to output: inout [UInt8]
  ) {
    var shift = value.bitWidth
    while shift > 0 {
      shift -= 8
      output.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
