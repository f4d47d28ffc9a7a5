import KugelAudio
import KugelJobs

/// The sound of a file that is there, sentence after sentence; no more of it is held than one of them.
struct KeptSound {
  /// Hz.
  let rate: Int
  private let reader: SoundReader
  private var samples: [Int16] = []
  /// Of the file, before those.
  private var start = 0

  /// - Throws: when the file cannot be read.
  init(_ path: String, rate: Int) throws(SoundReadError) {
    self.rate = rate
    reader = try SoundReader(path: path, outputRate: rate)
  }

  /// - Parameter range: begins where the last one did, or behind that.
  mutating func take(_ range: Range<Int>) throws(SoundReadError) -> [Int16] {
    while start + samples.count < range.upperBound, let piece = try reader.read(frames: 65_536) {
      samples += piece
      let past = min(samples.count, max(0, range.lowerBound - start))
      samples.removeFirst(past)
      start += past
    }
    let past = min(samples.count, max(0, range.lowerBound - start))
    samples.removeFirst(past)
    start += past
    return Array(samples.prefix(max(0, range.upperBound - start)))
  }
}
