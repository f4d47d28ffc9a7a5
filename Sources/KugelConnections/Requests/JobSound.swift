import KugelAudio
import KugelServiceCore
import KugelText
import KugelWire

/// The sound of one job at the rate that was asked for, and when its words are spoken, as near as that can
/// be told.
struct JobSound {
  private let job: SynthesisJob
  private var adapter: RateAdapter
  private var samples = 0
  /// Where the stretch began that is spoken.
  private var speechStart = 0
  private var hasWords = false

  init(_ job: SynthesisJob) {
    self.job = job
    adapter = RateAdapter(to: job.rate)
  }

  /// - Returns: nil when they cannot be converted.
  mutating func take(_ more: [Int16], rate: Int) -> [Int16]? {
    adapter.convert(more, rate: rate).map { count($0) }
  }

  mutating func pause(_ milliseconds: Int) -> [Int16] {
    count(adapter.flush() + [Int16](repeating: 0, count: job.rate * milliseconds / 1000))
  }

  /// Another stretch of the text is spoken.
  mutating func beginSpeech() { speechStart = samples }

  /// - Parameter words: in the text of the job, with times from where its stretch began.
  mutating func moved(_ words: [WordTime]) -> [WordTime] {
    hasWords = true
    let milliseconds = speechStart * 1000 / job.rate
    return words.map { word in
      var word = word
      word.startMilliseconds += milliseconds
      word.endMilliseconds += milliseconds
      return word
    }
  }

  mutating func finish() -> (samples: [Int16], words: [WordTime]) {
    let last = count(adapter.flush())
    guard job.utterance.wantsWordTimes, !hasWords, samples > 0 else { return (last, []) }
    let words = WordTime.estimated(
      in: job.utterance.text, milliseconds: samples * 1000 / job.rate)
    return (last, words)
  }

  private mutating func count(_ made: [Int16]) -> [Int16] {
    samples += made.count
    return made
  }
}
