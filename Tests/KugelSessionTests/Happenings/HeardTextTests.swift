import KugelSession
import KugelText
import TestSupport
import Testing

private let rate = 1000

/// A turn of chunks, each of its own length in samples, with or without word times.
private struct Saying {
  var text: String
  var segments: [SpokenSegment] = []
  var samples = 0
  var isComplete = true

  /// Ten samples for each scalar, and a word's time from its first scalar to its last.
  init(_ chunks: [String], joined separator: String = " ", words: Bool) {
    text = chunks.joined(separator: separator)
    for (index, chunk) in chunks.enumerated() {
      segments.append(
        SpokenSegment(
          text: chunk, chunk: index, start: samples, words: words ? Self.words(of: chunk) : []))
      samples += chunk.unicodeScalars.count * 10
    }
  }

  private static func words(of chunk: String) -> [WordTime] {
    var words: [WordTime] = []
    var start: Int?
    let scalars = Array(chunk.unicodeScalars) + [" "]
    for (index, scalar) in scalars.enumerated() {
      let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isWord, start == nil { start = index }
      if !isWord, let from = start {
        words.append(
          WordTime(
            word: "w", startMilliseconds: from * 10, endMilliseconds: index * 10,
            characterStart: from, characterEnd: index))
        start = nil
      }
    }
    return words
  }

  func heard(_ played: Int) -> HeardText {
    HeardText(
      text: text, segments: segments, samples: samples, played: played, rate: rate,
      isComplete: isComplete,
      places: SaidPlaces(
        alignment: TextAligner(text: text, chunks: segments.map(\.text)),
        map: SourcedText(text).map))
  }
}

@Suite struct HeardTextTests {
  @Test func `word times say which words were heard, with the marks behind them`() {
    let saying = Saying(["Sure, what do you want?", "Tell me."], words: true)
    #expect(saying.heard(0).heard == "")
    #expect(saying.heard(15).heard == "")
    #expect(saying.heard(20).heard == "Sure,")
    #expect(saying.heard(79).heard == "Sure,")
    #expect(saying.heard(85).heard == "Sure, what")
    #expect(saying.heard(85).unheard == " do you want? Tell me.")
    #expect(saying.heard(229).heard == "Sure, what do you want?")
    #expect(saying.heard(260).heard == "Sure, what do you want? Tell")
    #expect(saying.heard(310).heard == saying.text)
    #expect(!saying.heard(85).isEstimated)
  }

  @Test func `without word times it is estimated, and no word is torn`() {
    let saying = Saying(["Sure, what do you want?"], words: false)
    let heard = saying.heard(115)
    #expect(heard.heard == "Sure, what")
    #expect(heard.isEstimated)
    #expect(!saying.heard(230).isEstimated)
  }

  @Test func `the ends of chunks are known even without word times`() {
    let saying = Saying(["One.", "Two."], words: false)
    #expect(saying.heard(40).heard == "One.")
    #expect(!saying.heard(40).isEstimated)
    #expect(saying.heard(45).isEstimated)
  }

  @Test func `a chunk that is still being made is judged by the pace of those before`() {
    var saying = Saying(["Aaaa bbbb.", "Cccc dddd eeee."], words: false)
    saying.isComplete = false
    saying.samples = 100 + 55
    let heard = saying.heard(155)
    #expect(heard.heard == "Aaaa bbbb. Cccc")
    #expect(heard.isEstimated)
  }

  @Test func `a text that the service rewrote is judged by proportion`() {
    var saying = Saying(["It costs three euros fifty."], words: true)
    saying.text = "It costs 3.50 €."
    let half = saying.heard(135)
    #expect(half.isEstimated)
    #expect(half.heard == "It costs")
    #expect(saying.heard(saying.samples).heard == saying.text)
  }

  @Test func `heard and unheard are always the text, and more is heard later`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<400 {
      let chunks = (0..<random.below(5)).map { _ in random.sentence() }
      var saying = Saying(
        chunks, joined: random.pick([" ", "\n", "  ", ""]), words: random.below(2) == 0)
      if random.below(4) == 0 { saying.text = random.sentence() + saying.text }
      if random.below(4) == 0 { saying.text += random.sentence() }
      saying.isComplete = random.below(2) == 0
      var last = 0
      for played in stride(from: 0, through: saying.samples + 20, by: 7) {
        let heard = saying.heard(played)
        #expect(heard.heard + heard.unheard == saying.text)
        #expect(heard.heard.unicodeScalars.count >= last)
        last = heard.heard.unicodeScalars.count
      }
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  fileprivate mutating func sentence() -> String {
    let words = ["one", "naïve", "日本語", "e\u{301}a", "3.14", "well-known", "a", "👩‍👩‍👧", "(so)"]
    return (0..<below(6) + 1).map { _ in pick(words) }.joined(separator: pick([" ", "  "]))
      + pick([".", "?!", "", "…"])
  }
}
