import CSoxr

/// Changes the sample rate of one signal, block by block. One owner, no lock.
///
/// Adds no dither: silence stays silence and equal input gives equal output.
@safe package final class RateConverter {
  /// How much of the band survives, and what it costs.
  package enum Quality: Sendable, CaseIterable {
    /// 16-bit precision; the top third of the band fades.
    case low
    /// 16-bit precision; flat to 0.9 of the band.
    case medium
    /// 20-bit precision; flat to 0.91 of the band.
    case high

    fileprivate var recipe: UInt {
      switch self {
      case .low: UInt(SOXR_LQ)
      case .medium: UInt(SOXR_MQ)
      case .high: UInt(SOXR_20_BITQ)
      }
    }
  }

  /// Hz.
  package let inputRate: Int
  /// Hz.
  package let outputRate: Int

  private let channels: Int
  private let resampler: soxr_t
  /// Frames.
  private var taken = 0
  private var given = 0

  /// - Parameters:
  ///   - inputRate: Hz, positive.
  ///   - outputRate: Hz, positive.
  ///   - channels: interleaved in what is converted.
  /// - Returns: nil when the library has no memory or no filter for this pair.
  package init?(
    from inputRate: Int, to outputRate: Int, channels: Int = 1, quality: Quality = .high
  ) {
    self.inputRate = inputRate
    self.outputRate = outputRate
    self.channels = channels
    var layout = unsafe soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I)
    unsafe layout.flags = UInt(SOXR_NO_DITHER)
    var effort = unsafe soxr_quality_spec(quality.recipe, 0)
    var threads = unsafe soxr_runtime_spec(1)
    guard
      let made = unsafe soxr_create(
        Double(inputRate), Double(outputRate), UInt32(channels), nil, &layout, &effort, &threads)
    else { return nil }
    unsafe resampler = made
  }

  deinit { unsafe soxr_delete(resampler) }

  /// - Parameter samples: whole frames, at the input rate.
  /// - Returns: what is ready at the output rate; the rest comes with later calls.
  package func convert(_ samples: [Int16]) -> [Int16] {
    guard !samples.isEmpty else { return [] }
    taken += samples.count / channels
    let room = (length(of: samples.count / channels) + 64) * channels
    let output = unsafe [Int16](unsafeUninitializedCapacity: room) { buffer, count in
      unsafe samples.withUnsafeBufferPointer { input in
        count = unsafe process(input, into: buffer)
      }
    }
    return count(output)
  }

  /// Ends the signal.
  ///
  /// - Returns: the samples still held back. With them the output is exactly as long as the input:
  ///   `round(frames × outputRate ÷ inputRate)` frames in all.
  package func flush() -> [Int16] {
    let missing = length(of: taken) - given
    guard missing > 0 else { return [] }
    return unsafe [Int16](unsafeUninitializedCapacity: missing * channels) { buffer, count in
      unsafe buffer.initialize(repeating: 0)
      count = missing * channels
      var filled = 0
      while filled < missing {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[(filled * channels)...])
        var produced = 0
        unsafe soxr_process(
          resampler, nil, 0, nil, rest.baseAddress, rest.count / channels, &produced)
        if produced == 0 { break }
        filled += produced
      }
      given += missing
    }
  }

  /// Output frames for that many input frames, to the nearest.
  private func length(of frames: Int) -> Int {
    (2 * frames * outputRate + inputRate) / (2 * inputRate)
  }

  private func count(_ output: [Int16]) -> [Int16] {
    given += output.count / channels
    return output
  }

  private func process(
    _ input: UnsafeBufferPointer<Int16>, into buffer: UnsafeMutableBufferPointer<Int16>
  ) -> Int {
    var consumed = 0
    var filled = 0
    let frames = (input: input.count / channels, room: buffer.count / channels)
    while consumed < frames.input, filled < frames.room {
      var used = 0
      var produced = 0
      let rest = unsafe UnsafeBufferPointer(rebasing: input[(consumed * channels)...])
      let room = unsafe UnsafeMutableBufferPointer(rebasing: buffer[(filled * channels)...])
      unsafe soxr_process(
        resampler, rest.baseAddress, rest.count / channels, &used, room.baseAddress,
        room.count / channels, &produced)
      consumed += used
      filled += produced
      if used == 0 && produced == 0 { break }
    }
    return filled * channels
  }
}
