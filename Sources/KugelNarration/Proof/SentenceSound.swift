import KugelText

/// What came of one sentence of a take.
package struct SentenceSound: Equatable, Sendable {
  /// Scalars of what is said.
  package var text: Range<Int>
  /// In the sound of the take.
  package var samples: Range<Int>
  /// As much text as it is at most, however figures are read.
  package var weight: Double
  /// The same with figures read as signs.
  package var light: Double
  /// Letters and digits of it that no word time stands for: behind the last word, and the most between
  /// two; nil without word times.
  package var unspoken: (tail: Int, gap: Int)?
  /// Letters and digits.
  package var letters: Int
  /// Samples up to which words of it are told to sound; nil without word times.
  package var spokenEnd: Int?
  /// Words of it were told, and there was no sound where they were to be.
  package var hasMuteWords: Bool
  /// No word time stands for any of it, and others have some.
  package var isMute: Bool

  package static func == (one: Self, two: Self) -> Bool {
    one.text == two.text && one.samples == two.samples && one.weight == two.weight
      && one.unspoken?.tail == two.unspoken?.tail && one.unspoken?.gap == two.unspoken?.gap
      && one.letters == two.letters && one.isMute == two.isMute
      && one.spokenEnd == two.spokenEnd && one.hasMuteWords == two.hasMuteWords
  }
}

/// Finds the sentences of a take in its sound.
package enum TakeMeasure {
  /// - Parameters:
  ///   - words: those that have a place in the text; empty without word times.
  ///   - mute: where in the text words stand that were told and did not sound.
  ///   - count: samples of the take.
  package static func sentences(
    of take: Take, in text: SourcedText, words: [SoundTimeline.Span], mute: [Range<Int>] = [],
    count: Int
  ) -> [SentenceSound] {
    let spoken = take.sentences.map { sentence in
      words.filter {
        $0.text.lowerBound >= sentence.lowerBound && $0.text.lowerBound < sentence.upperBound
      }
    }
    let starts = starts(take, spoken: spoken, text: text, count: count)
    return take.sentences.indices.map { index in
      let sentence = take.sentences[index]
      let end = index + 1 < starts.count ? starts[index + 1] : count
      let letters = text.spoken(sentence).count(where: \.isSpeakable)
      return SentenceSound(
        text: sentence, samples: starts[index]..<max(starts[index], end),
        weight: SpokenWeight.of(text.spoken(sentence), digits: SpokenWeight.mostOfDigit),
        light: SpokenWeight.of(text.spoken(sentence), digits: 1),
        unspoken: spoken[index].isEmpty
          ? nil : unspoken(sentence, words: spoken[index], in: text),
        letters: letters, spokenEnd: spoken[index].map(\.samples.upperBound).max(),
        hasMuteWords: mute.contains { sentence.contains($0.lowerBound) },
        isMute: spoken[index].isEmpty && letters > 0
          && (count == 0 || !words.isEmpty || !mute.isEmpty))
    }
  }

  /// A sentence begins with its first word; without one, where its share of the text is.
  private static func starts(
    _ take: Take, spoken: [[SoundTimeline.Span]], text: SourcedText, count: Int
  ) -> [Int] {
    var starts: [Int] = []
    let weights = take.sentences.map { SpokenWeight.of(text.spoken($0)) }
    let whole = max(weights.reduce(0, +), 1)
    var before = 0.0
    let hasWords = spoken.contains { !$0.isEmpty }
    for (index, words) in spoken.enumerated() {
      let known = words.map(\.samples.lowerBound).min()
      let last = starts.last ?? 0
      if index == 0 {
        starts.append(0)
      } else if let known {
        starts.append(min(max(last, known), count))
      } else if hasWords {
        // What was not spoken takes no time: it begins where the next one does.
        let next = spoken[(index + 1)...].compactMap { $0.map(\.samples.lowerBound).min() }.first
        starts.append(min(max(last, next ?? count), count))
      } else {
        starts.append(min(count, max(last, Int(Double(count) * before / whole))))
      }
      before += weights[index]
    }
    return starts
  }

  private static func unspoken(
    _ sentence: Range<Int>, words: [SoundTimeline.Span], in text: SourcedText
  ) -> (tail: Int, gap: Int) {
    func letters(_ range: Range<Int>) -> Int {
      range.isEmpty ? 0 : text.spoken(range).count(where: \.isSpeakable)
    }
    var (end, gap) = (sentence.lowerBound, 0)
    for word in words.sorted(by: { $0.text.lowerBound < $1.text.lowerBound }) {
      if word.text.lowerBound > end { gap = max(gap, letters(end..<word.text.lowerBound)) }
      end = min(sentence.upperBound, max(end, word.text.upperBound))
    }
    return (letters(end..<sentence.upperBound), gap)
  }
}
