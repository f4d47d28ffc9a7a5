import KugelAudio
import KugelServiceCore
import KugelText
import KugelWire

/// The sound of one job at the rate that was asked for, and when its words are spoken, as near as that can
/// be told.
struct JobSound {
  private let job: SynthesisJob
  private var adapter: RateAdapter
  /// A sound file, as far as it has come.
  private var file: [UInt8] = []
  private var samples = 0

  init(_ job: SynthesisJob) {
    self.job = job
    adapter = RateAdapter(to: job.rate)
  }

  /// - Returns: nil when it cannot be read or converted.
  mutating func take(_ part: SoundPart) -> [Int16]? {
    switch part {
    case .samples(let more, let rate):
      guard let before = readFile(), let converted = adapter.convert(more, rate: rate) else {
        return nil
      }
      return count(before + converted)
    case .file(let bytes):
      file += bytes
      return []
    }
  }

  mutating func pause(_ milliseconds: Int) -> [Int16]? {
    guard let before = readFile() else { return nil }
    let silence = [Int16](repeating: 0, count: job.rate * milliseconds / 1000)
    return count(before + adapter.flush() + silence)
  }

  mutating func finish() -> (samples: [Int16], words: [WordTime])? {
    guard let before = readFile() else { return nil }
    let last = count(before + adapter.flush())
    guard job.utterance.wantsWordTimes, samples > 0 else { return (last, []) }
    return (
      last,
      WordTime.estimated(in: job.utterance.text, milliseconds: samples * 1000 / job.rate)
    )
  }

  /// What came as a file is read once it is whole.
  private mutating func readFile() -> [Int16]? {
    guard !file.isEmpty else { return [] }
    defer { file = [] }
    return try? SoundReader.samples(of: file, rate: job.rate)
  }

  private mutating func count(_ made: [Int16]) -> [Int16] {
    samples += made.count
    return made
  }
}
