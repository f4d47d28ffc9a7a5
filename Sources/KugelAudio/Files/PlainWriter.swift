import Glibc
import KugelSystem

/// Samples as they are, behind a header of RIFF where the format has one. The kind of file that nearly everybody makes
/// needs no library: opening libsndfile with its eight codecs took a tenth of a sentence's time and memory.
final class PlainWriter: SampleWriter {
  private let file: VirtualFile
  private let header: (_ dataBytes: Int) -> [UInt8]

  /// - Parameters:
  ///   - format: one that stores samples as they are.
  ///   - rate: Hz.
  ///   - channels: interleaved in what is written.
  init(
    into file: VirtualFile, format: AudioFormat, rate: Int, channels: Int
  ) throws(SoundError) {
    self.file = file
    header = { dataBytes in
      format == .raw
        ? []
        : WaveHeader.bytes(format: format, rate: rate, channels: channels, dataBytes: dataBytes)
    }
    let first = header(0)
    let taken = unsafe first.withUnsafeBytes { unsafe file.append($0) }
    if taken < first.count { throw SoundError(cause: cause) }
  }

  deinit { updateHeader() }

  func write(_ samples: [Int16]) -> Int {
    unsafe samples.withUnsafeBytes { unsafe file.append($0) } / 2
  }

  func updateHeader() {
    let length = header(0).count
    guard length > 0, file.length >= length else { return }
    unsafe header(file.length - length).withUnsafeBytes { unsafe file.overwrite(with: $0) }
  }

  var cause: String { (file.failure ?? SystemError(code: ENOSPC)).cause }
}
