import KugelAudio
import KugelJobs
import KugelNarration
import KugelText

/// Has a speech recogniser listen to what was spoken. Used on one thread.
final class NarrationListener {
  private let listener: WordListener

  /// - Returns: nil where there is no recogniser.
  init?() {
    guard let listener = WordListener() else { return nil }
    self.listener = listener
  }

  /// - Parameter language: of what is spoken; nil where that is not known.
  /// - Returns: whether it is one that the recogniser understands.
  static func understands(_ language: String?) -> Bool {
    language.map { $0.lowercased().hasPrefix("en") } ?? true
  }

  /// - Returns: whether a sentence cannot be heard in its sound.
  func doubts(
    _ sentence: SentenceSound, of text: SourcedText, in sound: (samples: [Int16], rate: Int)
  ) -> Bool {
    let words = HeardWords.words(of: sentence.text, in: text).filter(listener.knows)
    guard !words.isEmpty else { return false }
    let samples = Array(sound.samples[sentence.samples.clamped(to: 0..<sound.samples.count)])
    guard let heard = listener.count(of: words, in: samples, rate: sound.rate) else {
      return false
    }
    return HeardWords.isDoubtful(heard: heard, of: words.count)
  }
}
