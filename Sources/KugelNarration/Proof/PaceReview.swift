import KugelText

/// Judges the pace of all sentences of a book once more, when all of them are there: in its first chapter
/// little was known of the voice, and whoever goes on where another run ended knew other sentences.
///
/// Pure; what it says follows from the sentences and their order alone.
package struct PaceReview: Sendable {
  /// A sentence whose pace says something.
  package struct Sentence: Sendable {
    /// As much text as it is at most, and at least, however figures are read.
    package var weight: Float
    package var light: Float
    package var seconds: Float

    /// - Returns: nil where there is nothing to say, or nothing was said.
    package init?(_ span: SoundTimeline.Span, of text: SourcedText, rate: Int) {
      let spoken = text.spoken(span.text.clamped(to: 0..<text.count))
      guard rate > 0, !span.samples.isEmpty, spoken.contains(where: \.isSpeakable) else {
        return nil
      }
      weight = Float(SpokenWeight.of(spoken, digits: SpokenWeight.mostOfDigit))
      light = Float(SpokenWeight.of(spoken, digits: 1))
      seconds = Float(span.samples.count) / Float(rate)
    }
  }

  fileprivate struct Voice {
    var speed: Double
    var sentences: [Sentence] = []
    var band: PaceBand
  }

  /// Times that it is learned without what was doubted the time before.
  private static let rounds = 3

  private var voices: [String: Voice] = [:]

  package init() {}

  /// - Parameter voice: what tells one voice from another; each at one pace.
  package mutating func add(_ sentence: Sentence, voice: String, speed: Double) {
    voices[voice, default: Voice(speed: speed, band: PaceBand(speed: speed))].sentences
      .append(sentence)
  }

  /// All are there.
  package mutating func learn() {
    for name in voices.keys { voices[name]?.learn(rounds: Self.rounds) }
  }

  package func doubt(_ sentence: Sentence, voice: String) -> DoubtKind? {
    voices[voice]?.band.doubt(sentence)
  }
}

extension PaceReview.Voice {
  fileprivate mutating func learn(rounds: Int) {
    for round in 0..<rounds {
      var next = PaceBand(speed: speed)
      // How figures are read says nothing of the pace of words.
      for sentence in sentences
      where sentence.light == sentence.weight && (round == 0 || band.doubt(sentence) == nil) {
        next.learn(weight: Double(sentence.weight), seconds: Double(sentence.seconds))
      }
      next.settle()
      band = next
    }
  }
}

extension PaceBand {
  fileprivate func doubt(_ sentence: PaceReview.Sentence) -> DoubtKind? {
    doubt(
      weight: Double(sentence.weight), light: Double(sentence.light),
      seconds: Double(sentence.seconds))
  }
}

extension ManifestEntry {
  /// Says of each sentence what its pace is worth now, and leaves all else that is doubted.
  ///
  /// - Parameter doubts: whether the pace of a sentence, from 0, is doubted.
  /// - Returns: whether anything is doubted otherwise than before.
  package mutating func review(_ doubts: [Int: DoubtKind]) -> Bool {
    let before = self.doubts
    var kinds: [Int: [DoubtKind]] = [:]
    for doubt in before { kinds[doubt.sentence - 1] = doubt.kinds.filter { !$0.isOfPace } }
    for (sentence, kind) in doubts { kinds[sentence, default: []].append(kind) }
    self.doubts = []
    let second = Double(max(1, rate))
    for (index, sentence) in timeline.sentences.enumerated() {
      guard let kinds = kinds[index], !kinds.isEmpty else { continue }
      self.doubts.append(
        Doubt(
          sentence: index + 1, from: Double(sentence.samples.lowerBound) / second,
          to: Double(sentence.samples.upperBound) / second, kinds: kinds))
    }
    state = self.doubts.isEmpty ? .done : .doubtful
    return self.doubts.map(\.sentence) != before.map(\.sentence)
      || self.doubts.map(\.kinds) != before.map(\.kinds)
  }
}
