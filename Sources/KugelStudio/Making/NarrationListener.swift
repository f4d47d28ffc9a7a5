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

  /// - Parameters:
  ///   - sentence: where it stands in the text.
  ///   - samples: of its sound; `rate`: of them, Hz.
  /// - Returns: whether a sentence cannot be heard in its sound.
  func doubts(
    _ sentence: Range<Int>, of text: SourcedText, in samples: [Int16], _ rate: Int
  ) -> Bool {
    let words = HeardWords.words(of: sentence, in: text).filter(listener.knows)
    guard !words.isEmpty else { return false }
    if HeardWords.isShort(sentence, in: text, known: words.count) {
      return listener.fit(of: words, in: samples, rate: rate).map(HeardWords.isDoubtful) ?? false
    }
    guard let heard = listener.count(of: words, in: samples, rate: rate) else {
      return false
    }
    return HeardWords.isDoubtful(heard: heard, of: words.count)
  }
}
