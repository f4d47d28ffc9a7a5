/// How a device wants its frames: the form of a sample and the number of channels.
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
  let channels: Int

  var frameBytes: Int { sample.bytes * channels }

  /// Whether mono 16-bit samples are frames as they stand.
  var isPlain: Bool { sample == .s16 && channels == 1 && 1.littleEndian == 1 }

  /// Mono samples to every channel; the loudness stays the same.
  func spread(_ samples: ArraySlice<Int16>, into frames: inout [UInt8]) {
    frames.removeAll(keepingCapacity: true)
    for value in samples {
      let wide = Int32(value) << Int32(sample.shift)
      for _ in 0..<channels {
        for byte in 0..<sample.bytes {
          frames.append(UInt8(truncatingIfNeeded: wide >> Int32(8 * byte)))
        }
      }
    }
  }
}
