import KugelNarration
import KugelText
import Testing

@Suite struct PaceReviewTests {
  private static let text = said("Some words of a sentence that somebody says, and no more.")

  /// A sentence of the first so many scalars, spoken in so many seconds.
  private func sentence(_ count: Int, _ seconds: Double) -> PaceReview.Sentence? {
    PaceReview.Sentence(
      .init(text: 0..<count, samples: 0..<Int(seconds * 1000)), of: Self.text, rate: 1000)
  }

  private func doubts(_ seconds: [Double], count: Int = 40) -> [DoubtKind?] {
    var review = PaceReview()
    let sentences = seconds.compactMap { sentence(count, $0) }
    for sentence in sentences { review.add(sentence, voice: "a", speed: 1) }
    review.learn()
    return sentences.map { review.doubt($0, voice: "a") }
  }

  @Test func `a slow voice is known by all it said, and not by what was made first`() {
    // Three times as slow as is usual, and one is cut, wherever it stands.
    for place in [0, 20, 49] {
      var seconds = [Double](repeating: 9, count: 50)
      seconds[place] = 3.5
      let expected = (0..<50).map { $0 == place ? DoubtKind.tooShort : nil }
      #expect(doubts(seconds) == expected)
    }
  }

  @Test func `a fifth that was cut does not make the rest doubtful`() {
    var seconds: [Double] = []
    var expected: [DoubtKind?] = []
    for index in 0..<100 {
      let isCut = index % 5 == 0
      seconds.append(isCut ? 1 : 3 + Double(index % 7) / 20)
      expected.append(isCut ? .tooShort : nil)
    }
    #expect(doubts(seconds) == expected)
  }

  @Test func `what has no word or no sound says nothing`() {
    #expect(sentence(40, 0) == nil)
    #expect(PaceReview.Sentence(.init(text: 4..<5, samples: 0..<9), of: Self.text, rate: 1) == nil)
    #expect(PaceReview().doubt(sentence(40, 1)!, voice: "b") == nil)
  }

  @Test func `an entry keeps what else is doubted`() {
    var entry = ManifestEntry(file: "a", state: .doubtful)
    entry.rate = 1000
    for index in 0..<3 {
      entry.timeline.sentences.append(
        .init(text: index..<index + 1, samples: index * 1000..<index * 1000 + 1000))
    }
    entry.doubts = [
      .init(sentence: 1, from: 0, to: 1, kinds: [.tooLong]),
      .init(sentence: 2, from: 1, to: 2, kinds: [.unheard, .tooShort]),
    ]
    let isOther = entry.review([2: .tooShort])
    #expect(isOther)
    #expect(entry.doubts.map(\.sentence) == [2, 3])
    #expect(entry.doubts.map(\.kinds) == [[.unheard], [.tooShort]])
    #expect(entry.doubts.last?.from == 2 && entry.doubts.last?.to == 3)
    let isOtherAgain = entry.review([2: .tooShort])
    #expect(!isOtherAgain && entry.state == .doubtful)
    entry.doubts.removeFirst()
    let isNone = entry.review([:])
    #expect(isNone && entry.state == .done)
  }
}
