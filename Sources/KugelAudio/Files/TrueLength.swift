import Glibc
import KugelSystem

/// Puts the length that a file has into its header, where an encoder wrote the one it should have had: its
/// last frames found no room.
///
/// Source: RFC 9639, section 8.2 (FLAC); the Xing/Info header as LAME writes it (MP3).
enum TrueLength {
  /// - Parameter frames: samples of a channel that the file holds.
  /// - Returns: the file's first bytes, corrected; nil when they are no FLAC header.
  static func flac(_ head: [UInt8], frames: Int) -> [UInt8]? {
    guard head.count >= 42, head.starts(with: Array("fLaC".utf8)), head[4] & 0x7F == 0 else {
      return nil
    }
    var head = head
    // 36 bits; the upper four share a byte with the sample's width.
    head[21] = head[21] & 0xF0 | UInt8(truncatingIfNeeded: frames >> 32) & 0x0F
    for (index, shift) in [24, 16, 8, 0].enumerated() {
      head[22 + index] = UInt8(truncatingIfNeeded: frames >> shift)
    }
    // The checksum of samples that are not all there; zeros are "not known".
    for index in 26..<42 { head[index] = 0 }
    return head
  }

  /// - Parameter file: all of it.
  /// - Returns: the first frame, corrected; nil when the file does not tell its length.
  static func mp3(_ file: [UInt8]) -> [UInt8]? {
    guard let first = MP3Frame(file[...]), first.length <= file.count else { return nil }
    let tag = 4 + first.sideInformation
    guard file.count >= tag + 16,
      ["Xing", "Info"].contains(where: { file[tag...].starts(with: Array($0.utf8)) })
    else { return nil }
    var frames = 0
    var rest = file[first.length...]
    while let frame = MP3Frame(rest), frame.length <= rest.count {
      frames += 1
      rest = rest.dropFirst(frame.length)
    }
    var head = Array(file[..<first.length])
    let flags = head[tag + 7]
    var offset = tag + 8
    if flags & 1 != 0 {
      put(frames, into: &head, at: offset)
      offset += 4
    }
    if flags & 2 != 0, offset + 4 <= head.count {
      put(file.count - rest.count, into: &head, at: offset)
    }
    return head
  }

  private static func put(_ number: Int, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<4 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (24 - 8 * index))
    }
  }
}

/// One frame of MPEG layer III, by its header.
struct MP3Frame: Equatable {
  /// Bytes, the header's four among them.
  let length: Int
  /// Bytes between the header and where a length is told.
  let sideInformation: Int

  private static let rates = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ]

  /// nil when the bytes begin with no such header.
  init?(_ bytes: ArraySlice<UInt8>) {
    let head = Array(bytes.prefix(4))
    guard head.count == 4, head[0] == 0xFF, head[1] & 0xE6 == 0xE2 else { return nil }
    let version = Int(head[1] >> 3 & 3)
    let (rate, frequency) = (Int(head[2] >> 4), Int(head[2] >> 2 & 3))
    guard version != 1, rate > 0, rate < 15, frequency < 3 else { return nil }
    let isFirst = version == 3
    let divisor = isFirst ? 1 : version == 2 ? 2 : 4
    let hertz = [44_100, 48_000, 32_000][frequency] / divisor
    let kilobits = Self.rates[isFirst ? 0 : 1][rate]
    length = (isFirst ? 144 : 72) * kilobits * 1000 / hertz + Int(head[2] >> 1 & 1)
    let isMono = head[3] >> 6 == 3
    sideInformation = isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17)
  }
}
