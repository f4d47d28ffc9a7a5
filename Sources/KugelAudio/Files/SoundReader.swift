import CSndfile
import KugelSystem

/// A sound file, read as mono at any rate, piece by piece. One owner, no lock.
@safe package final class SoundReader {
  private let handle: OpaquePointer
  private let channels: Int
  private var adapter: RateAdapter
  private let rate: Int
  private var atEnd = false
  /// What is read, where it is in no file.
  private let memory: GrowingFile?

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
    // Files of floating point numbers count to 1, not to 32767.
    unsafe sf_command(handle, CInt(SFC_SET_SCALE_FLOAT_INT_READ), nil, CInt(SF_TRUE))
    guard channels > 0, rate > 0 else { throw SoundReadError(cause: "holds no sound") }
  }

  deinit { unsafe sf_close(handle) }

  /// - Parameter frames: how many of the file's to read.
  /// - Returns: what is ready, perhaps nothing; nil at the end.
  package func read(frames: Int) throws(SoundReadError) -> [Int16]? {
    guard !atEnd else { return nil }
    let room = max(1, frames) * channels
    let interleaved = unsafe [Int16](unsafeUninitializedCapacity: room) { buffer, count in
      let read = unsafe sf_readf_short(handle, buffer.baseAddress, sf_count_t(room / channels))
      count = Int(max(0, read)) * channels
    }
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
