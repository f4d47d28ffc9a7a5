/// How a device wants its frames, and how many channels it is given.
struct FrameLayout: Equatable {
  /// Little-endian forms, the preferred one first.
  enum Sample: CaseIterable {
    case s16
    case s32
    /// Three bytes.
    case s24packed
    /// Three bytes and one of sign.
    case s24

    var bytes: Int {
      switch self {
      case .s16: 2
      case .s24packed: 3
      case .s32, .s24: 4
      }
    }

    /// How far a 16-bit sample moves up.
    fileprivate var shift: Int {
      switch self {
      case .s16: 0
      case .s24packed, .s24: 8
      case .s32: 16
      }
    }
  }

  let sample: Sample
  /// The device's.
  let channels: Int
  /// Interleaved in what is given.
  var source = 1

  var frameBytes: Int { sample.bytes * channels }

  /// Whether 16-bit samples are frames as they stand.
  var isPlain: Bool { sample == .s16 && channels == source && 1.littleEndian == 1 }

  /// Samples as the device's frames; the loudness stays the same.
  func spread(_ samples: ArraySlice<Int16>, into frames: inout [UInt8]) {
    frames.removeAll(keepingCapacity: true)
    var start = samples.startIndex
    while start + source <= samples.endIndex {
      for channel in 0..<channels {
        let value = ChannelMap.sample(
          of: channel, among: channels, in: samples[start..<(start + source)])
        let wide = Int32(value) << Int32(sample.shift)
        for byte in 0..<sample.bytes {
          frames.append(UInt8(truncatingIfNeeded: wide >> Int32(8 * byte)))
        }
      }
      start += source
    }
  }
}
