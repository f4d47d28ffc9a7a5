import CSndfile

/// libsndfile refused a call, in its words.
package struct SoundError: Error {
  package let cause: String
}

/// Samples in, the bytes of one sound file out. One owner, no lock.
@safe final class SoundWriter: SampleWriter {
  private let handle: OpaquePointer
  private let file: VirtualFile?
  private let asTheyAre: Bool

  /// Writes into a file that can be read back and changed.
  ///
  /// - Parameters:
  ///   - rate: Hz; one that the format holds.
  ///   - channels: interleaved in what is written.
  ///   - large: RF64 instead of RIFF.
  init(
    into file: VirtualFile, format: AudioFormat, rate: Int, channels: Int = 1, large: Bool = false
  ) throws(SoundError) {
    let code = large ? format.largeSoundCode : nil
    var description = SF_INFO(code ?? format.soundCode, rate: rate, channels: channels)
    var operations = VirtualFile.operations
    guard
      let opened = unsafe sf_open_virtual(&operations, CInt(SFM_WRITE), &description, file.context)
    else { throw .latest }
    unsafe handle = opened
    self.file = file
    asTheyAre = format.storesSamplesAsTheyAre
  }

  /// Writes forward only, as into a pipe.
  ///
  /// - Parameter descriptor: of a pipe or socket; stays the caller's.
  init(
    intoPipe descriptor: CInt, format: AudioFormat, rate: Int, channels: Int = 1
  ) throws(SoundError) {
    var description = SF_INFO(format.soundCode, rate: rate, channels: channels)
    guard let opened = unsafe sf_open_fd(descriptor, CInt(SFM_WRITE), &description, 0)
    else { throw .latest }
    unsafe handle = opened
    file = nil
    asTheyAre = format.storesSamplesAsTheyAre
    // A page of Ogg goes out when this much is in it; the library's own second would delay first sound.
    var latency = 50.0
    unsafe sf_command(
      handle, CInt(SFC_SET_OGG_PAGE_LATENCY_MS), &latency, CInt(MemoryLayout<Double>.size))
  }

  deinit { unsafe sf_close(handle) }

  func write(_ samples: [Int16]) -> Int { write(samples[...]) }

  /// - Returns: how many of the samples were taken; fewer than given is a failure.
  func write(_ samples: ArraySlice<Int16>) -> Int {
    unsafe samples.withUnsafeBufferPointer { buffer in
      asTheyAre
        ? Int(unsafe sf_write_raw(handle, buffer.baseAddress, sf_count_t(2 * buffer.count))) / 2
        : Int(unsafe sf_write_short(handle, buffer.baseAddress, sf_count_t(buffer.count)))
    }
  }

  /// Appends bytes that are in the file's coding already.
  ///
  /// - Returns: how many were taken.
  func writeCoded(_ bytes: UnsafeRawBufferPointer) -> Int {
    Int(unsafe sf_write_raw(handle, bytes.baseAddress, sf_count_t(bytes.count)))
  }

  func updateHeader() {
    unsafe sf_command(handle, CInt(SFC_UPDATE_HEADER_NOW), nil, 0)
  }

  /// In libsndfile's words.
  var cause: String { unsafe String(cString: sf_strerror(handle)) }
}

extension SoundError {
  fileprivate static var latest: SoundError {
    SoundError(cause: unsafe String(cString: sf_strerror(nil)))
  }
}

extension SF_INFO {
  fileprivate init(_ code: CInt, rate: Int, channels: Int) {
    self.init(
      frames: 0, samplerate: CInt(rate), channels: CInt(channels), format: code, sections: 0,
      seekable: 0)
  }
}
