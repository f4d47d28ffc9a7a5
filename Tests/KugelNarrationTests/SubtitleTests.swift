import KugelNarration
import KugelReading
import KugelText
import Testing

/// Each scalar of what is said takes 100 samples at 1000 Hz.
private func timeline(_ text: SourcedText, hasWords: Bool = true) -> SoundTimeline {
  var timeline = SoundTimeline()
  for take in text.takes(Take.Rules(limit: 4000, singly: false), language: "en") {
    for sentence in take.sentences {
      timeline.sentences.append(
        SoundTimeline.Span(
          text: sentence, samples: sentence.lowerBound * 100..<sentence.upperBound * 100))
      guard hasWords else { continue }
      var start = sentence.lowerBound
      while start < sentence.upperBound {
        var end = start
        while end < sentence.upperBound, !text.scalars[end].isWhite { end += 1 }
        if end > start {
          timeline.words.append(
            SoundTimeline.Span(text: start..<end, samples: start * 100..<end * 100))
        }
        start = end + 1
      }
    }
  }
  return timeline
}

private func cues(
  _ written: String, _ unit: SubtitleUnit = .sentence, width: Int = 42, markdown: Bool = false,
  hasWords: Bool = true
) -> [Cue] {
  let text = said(written, markdown: markdown)
  var rules = CueMaker.Rules()
  (rules.unit, rules.width) = (unit, width)
  let shown = ShownText(text, written: Array(written.unicodeScalars))
  return CueMaker(rules, shown: shown, rate: 1000).cues(timeline(text, hasWords: hasWords))
}

@Suite struct SubtitleTests {
  private static let prose = """
    It was a bright cold day in April, and the clocks were striking thirteen; nobody, of all the 1,250 \
    people in the street, seemed to mind. He had 10 000 steps to go! "Really?" she said.
    """

  @Test(arguments: [SubtitleUnit.sentence, .line, .word], [true, false])
  func `cues follow each other, hold all the text, and are short`(
    unit: SubtitleUnit, hasWords: Bool
  ) {
    let made = cues(Self.prose, unit, hasWords: hasWords)
    #expect(
      made.map(\.text).joined(separator: " ").split(separator: " ")
        == Self.prose.split(whereSeparator: \.isWhitespace))
    #expect(made.first?.from == 0)
    for (one, two) in zip(made, made.dropFirst()) { #expect(one.to <= two.from + 1e-9) }
    for cue in made {
      #expect(cue.from < cue.to)
      #expect(cue.to - cue.from <= 7.001)
      #expect(cue.lines.count <= (unit == .sentence ? 2 : 1))
      #expect(cue.lines.allSatisfy { $0.count <= 42 })
      #expect(cue.isEstimated == !hasWords)
    }
    // The last one ends with the sound.
    #expect(made.last?.to == Double(said(Self.prose).count) / 10)
  }

  @Test func `no number is cut`() {
    for width in 10...42 {
      let texts = cues(Self.prose, .line, width: width).map(\.text)
      #expect(texts.contains { $0.contains("10 000") }, "\(width): \(texts)")
      #expect(texts.contains { $0.contains("1,250") })
    }
  }

  @Test func `a cue ends at a clause where it can`() {
    let texts = cues(
      "I came when it was late in the evening, and then I saw all the others who left.", .line)
    #expect(texts.map(\.text)[0] == "I came when it was late in the evening,")
  }

  @Test func `what is shown was written, without its markup`() {
    let texts = cues("**Bold** [words](https://example.com), `code` &amp; more.", markdown: true)
    #expect(texts.map(\.text) == ["Bold words, code & more."])
    let list = cues("1. One.\n2) Two.\n", markdown: true)
    #expect(list.map(\.text) == ["1. One.", "2) Two."])
    let notes = cues("One[^1].\n\n[^1]: A note.\n\n```\nx()\n```\n", markdown: true)
    #expect(notes.map(\.text) == ["One.", "[^1]: A note.", "Code example."])
  }

  @Test(arguments: [
    ("Hello <friend>, how are you?", false), ("Say <your-name>", false),
    ("A Map<String, List<int>> is 1 < 2 > 0.", false), ("Press <Enter>.", true),
    ("An arrow --> and a Map<String, Int>.", false),
  ])
  func `brackets that are no tags are shown`(written: String, markdown: Bool) {
    #expect(cues(written, markdown: markdown).map(\.text).joined(separator: " ") == written)
  }

  @Test func `tags and the marks of addresses are not shown`() {
    #expect(cues("Some <b>bold</b> words.").map(\.text) == ["Some bold words."])
    let texts = cues("See <https://example.com/>, or <me@example.com>.", markdown: true)
    #expect(!texts.map(\.text).joined().contains("<"), "\(texts)")
  }

  @Test func `a number lasts for all words that are said of it`() {
    let written = "It cost $5.50 then."
    var pipeline = TextPipeline(TextFilters(.numbers), for: TextTarget(language: "en"))
    var text = pipeline.feed(written, at: now)
    text.append(pipeline.finish())
    #expect(text.string.contains("dollars"))
    var rules = CueMaker.Rules()
    rules.unit = .word
    let shown = ShownText(text, written: Array(written.unicodeScalars))
    let made = CueMaker(rules, shown: shown, rate: 1000).cues(timeline(text))
    #expect(made.map(\.text) == ["It", "cost", "$5.50", "then."])
    // A blank is between, which lasts a tenth of a second.
    #expect(abs(made[2].words[0].to + 0.1 - made[3].words[0].from) < 1e-9, "\(made)")
  }

  @Test func `what is behind other sound has all its times there`() throws {
    let text = said("One two. Three.")
    let shown = ShownText(text, written: text.scalars)
    let maker = CueMaker(CueMaker.Rules(), shown: shown, rate: 1000)
    let (first, later) = (maker.cues(timeline(text)), maker.cues(timeline(text), behind: 5))
    #expect(first.count == 2 && later.count == 2)
    for (one, two) in zip(first, later) {
      #expect(two.from == one.from + 5 && two.to == one.to + 5)
      #expect(two.words.map(\.from) == one.words.map { $0.from + 5 })
      #expect(two.words.map(\.to) == one.words.map { $0.to + 5 })
    }
  }

  @Test func `wide letters count double`() {
    let made = cues("昔々、ある所に、お爺さんとお婆さんが住んでいました。お爺さんは山へ行きました。", width: 20)
    #expect(made.allSatisfy { $0.lines.allSatisfy { $0.count <= 10 } }, "\(made)")
  }

  private let sample = [
    Cue(
      from: 0, to: 1.2345, lines: ["One & <two>", "{three}"],
      words: [Cue.Word(text: "One", from: 0, to: 0.5)], speaker: "Anna, B"),
    Cue(from: 3661.5, to: 3662, lines: ["a --> b", " "]),
    Cue(from: 3663, to: 3664, lines: ["</b> 1 < 2 {\\an8} {y:i} {ok}"]),
  ]

  @Test(arguments: [
    (
      SubtitleKind.srt,
      "1\n00:00:00,000 --> 00:00:01,234\nOne & <\u{2060}two>\n{three}\n\n2\n01:01:01,500 --> 01:01:02,000\n"
        + "a --\u{2060}> b\n\n3\n01:01:03,000 --> 01:01:04,000\n"
        + "<\u{2060}/b> 1 < 2 {\u{2060}\\an8} {\u{2060}y:i} {ok}\n\n"
    ),
    (
      .vtt,
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.234\n<v Anna, B>One &amp; &lt;two&gt;\n{three}\n\n"
        + "01:01:01.500 --> 01:01:02.000\na --&gt; b\n\n"
        + "01:01:03.000 --> 01:01:04.000\n&lt;/b&gt; 1 &lt; 2 {\\an8} {y:i} {ok}\n\n"
    ),
    (
      .lrc,
      "[00:00.00]One & <two> {three}\n[61:01.50]a --> b  \n[61:03.00]</b> 1 < 2 {\\an8} {y:i} {ok}\n"
    ),
  ])
  func `a format is written as it should be`(kind: SubtitleKind, text: String) {
    #expect(SubtitleText.text(kind, sample) == text)
  }

  @Test func `styles name the speakers, and commands are none`() {
    let text = SubtitleText.text(.ass, sample)
    #expect(text.contains("Style: Anna_ B,"))
    #expect(
      text.contains(
        "Dialogue: 0,0:00:00.00,0:00:01.23,Anna_ B,Anna_ B,0,0,0,,One & <two>\\N\\{three\\}\n"))
    #expect(text.contains("Dialogue: 0,1:01:01.50,1:01:02.00,Default,,0,0,0,,"))
  }

  @Test func `JSON keeps the words`() {
    let text = SubtitleText.text(.json, sample)
    #expect(text.contains(#""words":[{"word":"One","from":0.0,"to":0.5}]"#))
    #expect(text.hasSuffix("\n]}\n"))
  }
}
