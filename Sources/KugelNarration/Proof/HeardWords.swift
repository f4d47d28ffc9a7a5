import KugelText

/// What a speech recogniser is asked about a sentence, and what its answer means.
package enum HeardWords {
  /// Words before an answer means something.
  private static let few = 4

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

  /// Whether so many words of those asked for are too few for the sentence to have sounded.
  package static func isDoubtful(heard: Int, of count: Int) -> Bool {
    count >= few && heard * 3 < count
  }
}
