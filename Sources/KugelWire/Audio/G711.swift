/// Telephone coding: 8 bits a sample, µ-law or A-law.
///
/// Rounds as libsndfile does, so that a file and a stream of the same samples hold the same bytes.
///
/// Source: ITU-T G.711, tables 1 and 2.
package enum G711 {
  /// One byte a sample.
  package static func encodeMuLaw(_ samples: [Int16]) -> [UInt8] { samples.map(muLaw) }

  /// One sample a byte; the inverse of `encodeMuLaw` to within half a quantising step.
  package static func decodeMuLaw(_ bytes: some Collection<UInt8>) -> [Int16] {
    let table = fromMuLaw
    return bytes.map { table[Int($0)] }
  }

  /// One byte a sample.
  package static func encodeALaw(_ samples: [Int16]) -> [UInt8] { samples.map(aLaw) }

  /// One sample a byte; the inverse of `encodeALaw` to within half a quantising step.
  package static func decodeALaw(_ bytes: some Collection<UInt8>) -> [Int16] {
    let table = fromALaw
    return bytes.map { table[Int($0)] }
  }

  @inline(__always)
  private static func muLaw(_ sample: Int16) -> UInt8 {
    // 14-bit magnitude plus the bias of 33; the segment is where its highest bit stands.
    let biased = min((UInt32(sample.magnitude) >> 2) + 33, 8191)
    let segment = 26 - UInt32(truncatingIfNeeded: biased.leadingZeroBitCount)
    let step = (biased >> (segment + 1)) & 0x0F
    let sign: UInt32 = sample < 0 ? 0x7F : 0xFF
    return UInt8(truncatingIfNeeded: sign ^ (segment << 4 | step))
  }

  @inline(__always)
  private static func aLaw(_ sample: Int16) -> UInt8 {
    // 12-bit magnitude; the lowest two segments share one step size.
    let magnitude = min(UInt32(sample.magnitude) >> 4, 2047)
    let highest = 32 - UInt32(truncatingIfNeeded: (magnitude | 1).leadingZeroBitCount)
    let segment = highest > 4 ? highest - 4 : 0
    let step = (magnitude >> (segment > 1 ? segment - 1 : 0)) & 0x0F
    // G.711 inverts every even bit on the line.
    let mask: UInt32 = sample < 0 ? 0x55 : 0xD5
    return UInt8(truncatingIfNeeded: mask ^ (segment << 4 | step))
  }

  private static let fromMuLaw: [Int16] = (0...255).map { code in
    let bits = ~code & 0xFF
    let magnitude = ((((bits & 0x0F) << 1) + 33) << ((bits >> 4) & 7)) - 33
    return Int16((bits & 0x80) == 0 ? magnitude << 2 : -(magnitude << 2))
  }

  private static let fromALaw: [Int16] = (0...255).map { code in
    let bits = code ^ 0x55
    let segment = (bits >> 4) & 7
    let step = (bits & 0x0F) << 4
    let magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1)
    return Int16((bits & 0x80) != 0 ? magnitude : -magnitude)
  }
}
