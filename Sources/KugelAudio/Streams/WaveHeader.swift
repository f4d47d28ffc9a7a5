/// The head of a RIFF WAVE stream, which libsndfile writes only where it can seek back.
///
/// Source: Microsoft multimedia standards update 3.0 (RIFF, `fmt `, `fact`).
package enum WaveHeader {
  /// What sox takes, and itself writes, for "to the end"; others warn of no length more than of this one.
  static let unknownLength: UInt32 = 0x7FFF_F000

  /// - Parameters:
  ///   - format: `.wav`, `.wavULaw` or `.wavALaw`.
  ///   - rate: Hz.
  ///   - channels: interleaved.
  ///   - dataBytes: length of the samples; nil while unknown, for which there is `unknownLength`.
  /// - Returns: 44 bytes for 16-bit samples, 58 for G.711.
  package static func bytes(
    format: AudioFormat, rate: Int, channels: Int = 1, dataBytes: Int?
  ) -> [UInt8] {
    let tag: UInt16
    switch format {
    case .wavALaw: tag = 6
    case .wavULaw: tag = 7
    default: tag = 1
    }
    let width = tag == 1 ? 2 : 1
    let headerLength = tag == 1 ? 44 : 58
    let known = dataBytes.flatMap { UInt32(exactly: $0 + $0 % 2 + headerLength - 8) }

    var header: [UInt8] = []
    header += "RIFF".utf8
    header.append(little: known ?? unknownLength + UInt32(headerLength - 8))
    header += "WAVEfmt ".utf8
    header.append(little: UInt32(tag == 1 ? 16 : 18))
    header.append(little: tag)
    header.append(little: UInt16(channels))
    header.append(little: UInt32(rate))
    header.append(little: UInt32(rate * width * channels))
    header.append(little: UInt16(width * channels))
    header.append(little: UInt16(8 * width))
    if tag != 1 {
      header.append(little: UInt16(0))
      header += "fact".utf8
      header.append(little: UInt32(4))
      // Counts frames; ffmpeg would believe all ones, and takes 0 for unknown.
      header.append(little: known == nil ? 0 : UInt32((dataBytes ?? 0) / channels))
    }
    header += "data".utf8
    header.append(little: known == nil ? unknownLength : UInt32(dataBytes ?? 0))
    return header
  }
}

extension [UInt8] {
  fileprivate mutating func append(little value: some FixedWidthInteger) {
    for byte in 0..<value.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: value >> (8 * byte)))
    }
  }
}
