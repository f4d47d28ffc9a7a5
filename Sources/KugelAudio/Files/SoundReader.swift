import CSndfile
import KugelSystem

/// A sound file, read as mono at any rate, piece by piece. One owner, no lock.
@safe package final class SoundReader {
  private let handle: OpaquePointer
  private let channels: Int
  private var adapter: RateAdapter
  private let rate: Int
  private let isFractional: Bool
  private var atEnd = false
  /// What is read, where it is in no file.
  private let memory: GrowingFile?

  /// Codings that count to 1. libsndfile could make whole numbers of them, but looks for the loudest of the
  /// whole file then, and makes that full scale.
  private static let fractions: Set<Int> = [
    Int(SF_FORMAT_FLOAT), Int(SF_FORMAT_DOUBLE), Int(SF_FORMAT_VORBIS), Int(SF_FORMAT_OPUS),
    Int(SF_FORMAT_MPEG_LAYER_I), Int(SF_FORMAT_MPEG_LAYER_II), Int(SF_FORMAT_MPEG_LAYER_III),
  ]

  /// - Parameters:
  ///   - path: of anything that libsndfile reads: WAV, FLAC, Ogg, MP3, AIFF, AU and more.
  ///   - outputRate: Hz of what `read` gives.
  /// - Throws: why the file cannot be read, in words that fit behind its name.
  package convenience init(path: String, outputRate: Int) throws(SoundReadError) {
    var description = SF_INFO()
    let opened = unsafe sf_open(path.nameBytes, CInt(SFM_READ), &description)
    try unsafe self.init(opened, description, outputRate: outputRate)
  }

  /// - Parameter file: may still come; reading waits for it, and so does this.
  package convenience init(_ file: GrowingFile, outputRate: Int) throws(SoundReadError) {
    var description = SF_INFO()
    var operations = GrowingFile.operations
    let opened = unsafe sf_open_virtual(&operations, CInt(SFM_READ), &description, file.context)
    try unsafe self.init(opened, description, outputRate: outputRate, memory: file)
  }

  private init(
    _ opened: OpaquePointer?, _ description: SF_INFO, outputRate: Int, memory: GrowingFile? = nil
  ) throws(SoundReadError) {
    guard let opened = unsafe opened else {
      throw SoundReadError(cause: unsafe lowered(String(cString: sf_strerror(nil))))
    }
    unsafe handle = opened
    self.memory = memory
    channels = Int(description.channels)
    rate = Int(description.samplerate)
    adapter = RateAdapter(to: outputRate)
    isFractional = Self.fractions.contains(Int(description.format) & Int(SF_FORMAT_SUBMASK))
    guard channels > 0, rate > 0 else { throw SoundReadError(cause: "holds no sound") }
    if readsParts(description.format) { memory?.takesParts() }
  }

  /// Whether it takes what there is, and puts it together itself.
  private func readsParts(_ format: CInt) -> Bool {
    [SF_FORMAT_OGG, SF_FORMAT_MPEG, SF_FORMAT_FLAC].contains {
      Int($0) == Int(format) & Int(SF_FORMAT_TYPEMASK)
    }
  }

  deinit { unsafe sf_close(handle) }

  /// - Parameter frames: how many of the file's to read.
  /// - Returns: what is ready, perhaps nothing; nil at the end.
  package func read(frames: Int) throws(SoundReadError) -> [Int16]? {
    guard !atEnd else { return nil }
    let interleaved =
      isFractional
      ? readFractions(frames: max(1, frames)).map(Self.wholeNumber)
      : readWholeNumbers(frames: max(1, frames))
    guard !interleaved.isEmpty else {
      atEnd = true
      if unsafe sf_error(handle) != 0 {
        throw SoundReadError(cause: unsafe lowered(String(cString: sf_strerror(handle))))
      }
      return adapter.flush()
    }
    let mono = ChannelMap.convert(interleaved, from: channels, to: 1)
    guard let converted = adapter.convert(mono, rate: rate) else {
      throw SoundReadError(cause: "cannot be converted from \(rate) Hz")
    }
    return converted
  }

  private func readWholeNumbers(frames: Int) -> [Int16] {
    unsafe [Int16](unsafeUninitializedCapacity: frames * channels) { buffer, count in
      let read = unsafe sf_readf_short(handle, buffer.baseAddress, sf_count_t(frames))
      count = Int(max(0, read)) * channels
    }
  }

  private func readFractions(frames: Int) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: frames * channels) { buffer, count in
      let read = unsafe sf_readf_float(handle, buffer.baseAddress, sf_count_t(frames))
      count = Int(max(0, read)) * channels
    }
  }

  /// What is louder than full scale is cut, and what is no number is silence.
  private static func wholeNumber(_ fraction: Float) -> Int16 {
    fraction.isNaN ? 0 : Int16(max(-32_768, min(32_767, (fraction * 32_768).rounded())))
  }
}

extension SoundReader {
  /// All samples of a whole file.
  ///
  /// - Parameter rate: Hz of what is wanted.
  package static func samples(of bytes: [UInt8], rate: Int) throws(SoundReadError) -> [Int16] {
    let reader = try SoundReader(GrowingFile(bytes, isWhole: true), outputRate: rate)
    var samples: [Int16] = []
    while let piece = try reader.read(frames: 1 << 14) { samples += piece }
    return samples
  }
}

/// Why a sound file cannot be read.
package struct SoundReadError: Error, Equatable {
  /// Fits behind the file's name and a colon.
  package let cause: String
}

private func lowered(_ sentence: String) -> String {
  (sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]).beginningSmall
}
