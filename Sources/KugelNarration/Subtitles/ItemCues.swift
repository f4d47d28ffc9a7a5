import KugelText

/// Makes the subtitles of an item from as much of it as there is, so that they can be written while it is
/// made: each sentence has cues of its own.
package struct ItemCues: Sendable {
  private let rules: CueMaker.Rules
  private let said: SourcedText
  private let original: SourceText

  /// - Parameters:
  ///   - said: of the item.
  ///   - original: where its map leads.
  package init(_ rules: CueMaker.Rules, said: SourcedText, original: SourceText) {
    self.rules = rules
    self.said = said
    self.original = original
  }

  /// - Parameters:
  ///   - timeline: whole sentences, with their words.
  ///   - rate: Hz, of its places.
  ///   - seconds: sound before the item's, where several are joined.
  package func cues(_ timeline: SoundTimeline, rate: Int, behind seconds: Double = 0) -> [Cue] {
    var cues: [Cue] = []
    var words = timeline.words.makeIterator()
    var ahead = words.next()
    for sentence in timeline.sentences {
      var own = SoundTimeline()
      let start = sentence.text.lowerBound
      while let word = ahead, word.text.lowerBound < sentence.text.upperBound {
        own.words.append(word.moved(text: -start, samples: 0))
        ahead = words.next()
      }
      own.sentences.append(sentence.moved(text: -start, samples: 0))
      let part = said[sentence.text.clamped(to: 0..<said.count)]
      let source = part.source(of: 0..<part.count)
      let shown = ShownText(part, written: original[source], origin: source.lowerBound)
      cues += CueMaker(rules, shown: shown, rate: rate).cues(own, behind: seconds)
    }
    return cues
  }
}
