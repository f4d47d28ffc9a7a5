import KugelNarration
import KugelReading
import KugelText
import Testing

@Suite struct PackedTests {
  @Test func `spans come back as they went in`() {
    let spans: [SoundTimeline.Span] = [
      .init(text: 0..<3, samples: 0..<10_000), .init(text: 4..<4, samples: 10_000..<10_000),
      .init(text: 2..<200_000, samples: 5..<5_000_000_000), .init(text: 1..<2, samples: 0..<1),
    ]
    let packed = PackedSpans(spans)
    #expect(Array(packed) == spans)
    #expect(packed.count == 4)
    #expect(packed == PackedSpans(spans) && packed != PackedSpans(spans.dropLast()))
    #expect(Array(PackedSpans()) == [])
  }

  @Test(arguments: ["", "Hello.", "„Grüße“ — 漢字 🙂 é", String(repeating: "aé漢🙂", count: 900)])
  func `a source gives its parts`(text: String) {
    let source = SourceText(text)
    let scalars = Array(text.unicodeScalars)
    #expect(source.count == scalars.count)
    for start in stride(from: 0, to: scalars.count, by: max(1, scalars.count / 9)) {
      for end in stride(from: start, through: scalars.count, by: max(1, scalars.count / 7)) {
        #expect(source[start..<end] == Array(scalars[start..<end]))
      }
    }
    #expect(source[0..<scalars.count + 5] == scalars)
  }

  @Test func `what is said comes back with its places and its ends`() {
    let text = said("# One\n\nIt *was* 3 pm. „Ja“, sagte er.\n\nEnd", markdown: true)
    #expect(PackedText(text).text == text)
    #expect(PackedText(text).isSpeakable && !PackedText(said(" \n")).isSpeakable)
    #expect(PackedText(said(" \n ")).isEmpty && !PackedText(said("...")).isEmpty)
  }

  /// Sentences and words of what is said, each scalar a hundred samples.
  private func timeline(_ text: SourcedText) -> SoundTimeline {
    var timeline = SoundTimeline()
    for take in text.takes(Take.Rules(limit: 4000, singly: false), language: "en") {
      for sentence in take.sentences {
        timeline.sentences.append(
          .init(text: sentence, samples: sentence.lowerBound * 100..<sentence.upperBound * 100))
        var start = sentence.lowerBound
        while start < sentence.upperBound {
          var end = start
          while end < sentence.upperBound, !text.scalars[end].isWhite { end += 1 }
          if end > start {
            timeline.words.append(.init(text: start..<end, samples: start * 100..<end * 100))
          }
          start = end + 1
        }
      }
    }
    return timeline
  }

  @Test(arguments: [SubtitleUnit.sentence, .line, .word])
  func `cues are the same of the whole and of its sentences one by one`(unit: SubtitleUnit) {
    let source =
      "# A *heading*\n\nOne sentence, and [more](x) of it. Another one with 1,024 things & a lot more to say than fits a line.\n\nThe end!"
    let text = said(source, markdown: true)
    var rules = CueMaker.Rules()
    rules.unit = unit
    let cues = ItemCues(rules, said: text, original: SourceText(source))
    let timeline = timeline(text)
    let whole = cues.cues(timeline, rate: 1000)
    #expect(whole.count > 3)
    var single: [Cue] = []
    for sentence in timeline.sentences {
      var part = SoundTimeline()
      part.sentences.append(sentence)
      part.words = PackedSpans(timeline.words.filter { sentence.text.overlaps($0.text) })
      single += cues.cues(part, rate: 1000)
    }
    #expect(single == whole)
    let shown = ShownText(text, written: Array(source.unicodeScalars))
    #expect(whole == CueMaker(rules, shown: shown, rate: 1000).cues(timeline))
  }

  @Test func `the longest silence is found wherever it is`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let sound = (0..<Int.random(in: 0...60, using: &generator)).map { _ -> Int16 in
        Int.random(in: 0...3, using: &generator) == 0 ? 5000 : 0
      }
      let pieces = sound.split(separator: 5000, omittingEmptySubsequences: false)
      let expected = pieces.dropFirst().dropLast().map(\.count).max() ?? 0
      #expect(SoundLevels.longestSilence(in: sound[...]) == expected, "\(sound)")
    }
  }
}
