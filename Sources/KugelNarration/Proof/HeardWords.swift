import KugelText

/// What a speech recogniser is asked about a sentence, and what its answer means.
package enum HeardWords {
  /// Words before their number means something.
  private static let few = 4
  /// Words of a sentence that is not short any more.
  private static let many = 6
  /// Of speech that says the words 1 in 250 fits so badly; of speech that says others, of three words two thirds
  /// do, of five nearly all (measured with espeak-ng and pocketsphinx' model of American English).
  private static let worstFit = -26.0

  /// The words of a sentence as a dictionary has them: in small letters, without marks.
  ///
  /// - Returns: none where figures are read, for nobody knows how.
  package static func words(of sentence: Range<Int>, in text: SourcedText) -> [String] {
    text.spoken(sentence).split { $0.isWhite || $0 == "-" || $0 == "—" || $0 == "–" }
      .compactMap { scalars in
        guard !scalars.contains(where: \.isDigit) else { return nil }
        let plain = scalars.map { $0 == "\u{2019}" ? "'" : $0 }
          .filter { $0.isLetter || $0 == "'" }
        let word = String(scalars: plain).lowercased()
        return word.contains(where: \.isLetter) ? word : nil
      }
  }

  /// Whether a sentence is so short that it is asked how well its sound fits: of few words some are overheard
  /// even when they are said well, and some are heard in whatever is said.
  ///
  /// - Parameter known: of its words, those that the dictionary has.
  package static func isShort(_ sentence: Range<Int>, in text: SourcedText, known: Int) -> Bool {
    let hasFigures = text.spoken(sentence).contains(where: \.isDigit)
    return known < many && !hasFigures && words(of: sentence, in: text).count == known
  }

  /// Whether so many words of those asked for are too few for the sentence to have sounded.
  package static func isDoubtful(heard: Int, of count: Int) -> Bool {
    count >= few && heard * 3 < count
  }

  /// Whether what was said is another sentence.
  ///
  /// - Parameter fit: as `WordListener` tells it.
  package static func isDoubtful(fit: Double) -> Bool { fit < worstFit }
}
