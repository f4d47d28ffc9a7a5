import KugelText
import TestSupport
import Testing

@Suite struct SourcedTextTests {
  private func source(_ text: SourcedText, _ range: Range<Int>, of source: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: Array(source.unicodeScalars)[text.source(of: range)])
    return String(view)
  }

  @Test func `what was cut, copied and replaced leads back to where it was written`() {
    let written = "Pay **$3.50** now"
    let whole = SourcedText(written)
    var spoken = whole[0..<4]
    spoken.append(whole, 6..<11)
    spoken.append(whole, 13..<17)
    #expect(spoken.string == "Pay $3.50 now")
    spoken = spoken.replacing(4..<9, with: "three dollars fifty")
    #expect(spoken.string == "Pay three dollars fifty now")
    #expect(source(spoken, 0..<3, of: written) == "Pay")
    #expect(source(spoken, 4..<9, of: written) == "$3.50")
    #expect(source(spoken, 18..<23, of: written) == "$3.50")
    #expect(source(spoken, 24..<27, of: written) == "now")
    #expect(source(spoken, 0..<27, of: written) == written)
    spoken.removeFirst(4)
    #expect(spoken.string == "three dollars fifty now")
    #expect(source(spoken, 20..<23, of: written) == "now")
  }

  @Test func `made up words have a place and no length`() {
    var text = SourcedText("One")
    text.append(". ", standingFor: 3..<3)
    text.append(SourcedText("Two", at: 4))
    #expect(text.string == "One. Two")
    #expect(text.source(of: 3..<5) == 3..<3)
    #expect(text.source(of: 2..<6) == 2..<5)
    #expect(text.source(of: 8..<8) == 7..<7)
  }

  @Test func `marks stay behind what they end`() {
    var text = SourcedText("Head\n\nBody.")
    text = text[0..<6]
    text.append(.heading)
    text.append(SourcedText("Body.", at: 6))
    text.append(.paragraph)
    #expect(
      text.endings == [.init(offset: 6, mark: .heading), .init(offset: 11, mark: .paragraph)])
    #expect(text[0..<6].endings == [.init(offset: 6, mark: .heading)])
    #expect(text[6..<11].endings == [.init(offset: 5, mark: .paragraph)])
    #expect(text[0..<5].endings == [])
  }

  @Test func `two steps make one map`() {
    let written = "a *b* 2 c"
    let whole = SourcedText(written)
    var plain = whole[0..<2]
    plain.append(whole, 3..<4)
    plain.append(whole, 5..<9)
    var spoken = SourcedText(plain.string).replacing(4..<5, with: "two")
    #expect(spoken.string == "a b two c")
    spoken = spoken.through(plain)
    #expect(source(spoken, 2..<3, of: written) == "b")
    #expect(source(spoken, 4..<7, of: written) == "2")
    #expect(source(spoken, 8..<9, of: written) == "c")
  }

  @Test func `pieces put together again are the whole, wherever it was cut`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var text = SourcedText()
      var place = 0
      for _ in 0..<random.below(12) {
        let count = random.below(4) + 1
        switch random.below(4) {
        case 0:
          text.append("é🙂", standingFor: place..<(place + count))
          place += count
        case 1: text.append(TextMark.allCases[random.below(TextMark.allCases.count)])
        case 2: place += count
        default:
          text.append(SourcedText(String(repeating: "w", count: count), at: place))
          place += count
        }
      }
      var again = SourcedText()
      var start = 0
      while start < text.count || again.isEmpty {
        let end = min(text.count, start + random.below(3) + 1)
        again.append(text[start..<end])
        start = end
        if start == text.count { break }
      }
      #expect(again == text)
    }
  }
}

@Suite struct TextAlignerTests {
  private let written = "Say **it**, then\n\n  say it <break/> again."

  private func found(_ aligner: TextAligner, _ range: Range<Int>?) -> String? {
    range.map { range in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: aligner.scalars[range])
      return String(view)
    }
  }

  @Test func `chunks that follow each other are placed, white space and tags aside`() {
    let aligner = TextAligner(text: written, chunks: ["Say **it**, then", "say it again."])
    #expect(found(aligner, aligner.range(chunk: 0, from: 4, to: 11)) == "**it**,")
    #expect(found(aligner, aligner.range(chunk: 1, from: 7, to: 13)) == "again.")
    #expect(aligner.range(chunk: 1, from: 3, to: 4) == nil)
    #expect(aligner.offset(chunk: 1, scalars: 0) == 16)
    #expect(aligner.offset(chunk: 1, scalars: 4) == 23)
  }

  @Test func `a chunk that is not there loses the place, and beginning anew finds it`() {
    var aligner = TextAligner(text: written, chunks: ["Say it", "say it again."])
    #expect(aligner.offset(chunk: 0, scalars: 3) == nil)
    #expect(aligner.offset(chunk: 1, scalars: 3) == nil)
    aligner.replace(chunks: ["Say **it**,"])
    #expect(aligner.offset(chunk: 0, scalars: 3) == 3)
  }

  @Test func `single words are found behind each other, the rest stands for nothing`() {
    var aligner = TextAligner()
    aligner.append(text: written)
    let chunk = aligner.find("Say it, then say nothing again.")
    #expect(found(aligner, chunk.source(of: 0..<3)) == "Say")
    #expect(chunk.source(of: 4..<7).isEmpty)
    #expect(found(aligner, chunk.source(of: 8..<12)) == "then")
    #expect(chunk.source(of: 17..<24).isEmpty)
    #expect(found(aligner, chunk.source(of: 25..<31)) == "again.")
  }

  @Test func `spoken words find the written ones, and numbers written out find none`() {
    let text = "Pay 350, now <spell>now</spell> please."
    let scalars = Array(text.unicodeScalars)
    let places = TextAligner(scalars).places(
      of: ["Pay", "three", "fifty", "NOW", "please"], in: 0..<scalars.count,
      markup: SourceMarkup(scalars))
    #expect(places == [0..<3, nil, nil, 9..<12, 32..<39])
  }

  @Test(
    arguments: [
      (0..<3, 2..<5), (2..<4, 4..<6), (3..<9, 5..<6), (10..<12, 8..<10), (4..<6, nil),
      (20..<22, nil),
      (1..<1, nil),
    ] as [(Range<Int>, Range<Int>?)])
  func `what was copied is found in the made text`(source: Range<Int>, made: Range<Int>?) {
    var map = SourceMap()
    map.replace(0..<0, with: 2)
    map.copy(0..<4)
    map.replace(4..<6, with: 2)
    map.copy(10..<12)
    #expect(map.copies(of: source) == made)
  }
}
