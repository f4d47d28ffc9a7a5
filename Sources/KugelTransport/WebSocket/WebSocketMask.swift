/// Masking: every byte combined with one of four, in turn. The same step takes it off again.
///
/// Source: RFC 6455, section 5.3.
enum WebSocketMask {
  /// - Parameter offset: how many bytes of the frame came before `bytes`.
  static func apply(
    _ mask: SIMD4<UInt8>, to bytes: UnsafeMutableRawBufferPointer, offset: Int = 0
  ) {
    let shift = offset & 3
    let turned = SIMD4<UInt8>(
      mask[shift], mask[(shift + 1) & 3], mask[(shift + 2) & 3], mask[(shift + 3) & 3])
    let half = UInt64(unsafe unsafeBitCast(turned, to: UInt32.self))
    let wide = half << 32 | half
    var position = 0
    while position + 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      unsafe bytes.storeBytes(of: word ^ wide, toByteOffset: position, as: UInt64.self)
      position += 8
    }
    while position < bytes.count {
      unsafe bytes[position] ^= turned[position & 3]
      position += 1
    }
  }
}
