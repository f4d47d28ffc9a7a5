import KugelWire

/// Turns samples into the bytes of a stream that is written once, from front to back.
package struct StreamEncoder {
  /// Goes ahead of the samples.
  package let header: [UInt8]
  private let coding: Coding

  private enum Coding {
    case pcm
    case muLaw
    case aLaw
    case library(PipedWriter)
  }

  /// - Parameters:
  ///   - rate: Hz, one that the format holds.
  ///   - channels: interleaved in what is encoded.
  package init(_ format: AudioFormat, rate: Int, channels: Int = 1) throws(SoundError) {
    switch format {
    case .wav, .wavULaw, .wavALaw:
      header = WaveHeader.bytes(format: format, rate: rate, channels: channels, dataBytes: nil)
    case .au, .flac, .opus, .mp3, .raw, .ulaw, .alaw:
      header = []
    }
    switch format {
    case .wav, .raw: coding = .pcm
    case .wavULaw, .ulaw: coding = .muLaw
    case .wavALaw, .alaw: coding = .aLaw
    case .au, .flac, .opus, .mp3:
      coding = .library(try PipedWriter(format, rate: rate, channels: channels))
    }
  }

  /// Whether encoding is no work to speak of.
  package var isPlain: Bool {
    if case .pcm = coding { true } else { false }
  }

  /// - Returns: bytes ready to go out; encoders may hold some back.
  package func encode(_ samples: [Int16]) throws(SoundError) -> [UInt8] {
    switch coding {
    case .pcm: littleEndian(samples)
    case .muLaw: G711.encodeMuLaw(samples)
    case .aLaw: G711.encodeALaw(samples)
    case .library(let writer): try writer.write(samples)
    }
  }

  /// Ends the stream.
  ///
  /// - Returns: the bytes still held back.
  package func finish() -> [UInt8] {
    switch coding {
    case .pcm, .muLaw, .aLaw: []
    case .library(let writer): writer.finish()
    }
  }
}

private func littleEndian(_ samples: [Int16]) -> [UInt8] {
  if 1.littleEndian == 1 {
    return unsafe samples.withUnsafeBytes { unsafe Array($0) }
  }
  return samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}
