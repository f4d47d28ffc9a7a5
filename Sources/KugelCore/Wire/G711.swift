/// G.711, the telephone's two codecs: eight bits for one 16-bit sample.
///
/// Source: ITU-T G.711.
package enum G711 {
  package static func decodeMuLaw(_ bytes: [UInt8]) -> [Int16] { bytes.map { muLaw[Int($0)] } }

  package static func decodeALaw(_ bytes: [UInt8]) -> [Int16] { bytes.map { aLaw[Int($0)] } }

  package static func encodeMuLaw(_ samples: [Int16]) -> [UInt8] { samples.map(muLawByte) }

  package static func encodeALaw(_ samples: [Int16]) -> [UInt8] { samples.map(aLawByte) }

  private static let muLaw: [Int16] = (0...255).map { byte in
    let bits = ~UInt8(byte)
    let magnitude = ((Int(bits & 0x0F) << 3) + 0x84) << Int(bits >> 4 & 7)
    return Int16(bits & 0x80 != 0 ? 0x84 - magnitude : magnitude - 0x84)
  }

  private static let aLaw: [Int16] = (0...255).map { byte in
    let bits = UInt8(byte) ^ 0x55
    let exponent = Int(bits >> 4 & 7)
    let step = (Int(bits & 0x0F) << 4) + 8
    let magnitude = exponent == 0 ? step : (step + 0x100) << (exponent - 1)
    return Int16(bits & 0x80 != 0 ? magnitude : -magnitude)
  }

  private static func muLawByte(_ sample: Int16) -> UInt8 {
    let magnitude = min(abs(Int(sample)), 32635) + 0x84
    let exponent = Int.bitWidth - 1 - magnitude.leadingZeroBitCount - 7
    let mantissa = magnitude >> (exponent + 3) & 0x0F
    return ~UInt8((sample < 0 ? 0x80 : 0) | exponent << 4 | mantissa)
  }

  private static func aLawByte(_ sample: Int16) -> UInt8 {
    let magnitude = sample < 0 ? ~Int(sample) : Int(sample)
    let exponent = max(0, Int.bitWidth - 1 - max(magnitude, 1).leadingZeroBitCount - 7)
    let mantissa = magnitude >> (exponent == 0 ? 4 : exponent + 3) & 0x0F
    return UInt8((sample < 0 ? 0 : 0x80) | exponent << 4 | mantissa) ^ 0x55
  }
}
