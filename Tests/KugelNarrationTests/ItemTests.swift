import KugelNarration
import KugelReading
import KugelText
import Testing

@Suite struct ItemTests {
  @Test(arguments: [
    ("files", SplitRule.files), ("headings", .headings), ("paragraphs", .paragraphs),
    ("lines", .lines), ("every:10m", .every(600)), ("every:90", .every(90)),
  ])
  func `a rule is read`(text: String, rule: SplitRule) { #expect(SplitRule(text) == rule) }

  @Test(arguments: ["", "chapters", "every:", "every:0s", "every:-5m"])
  func `what is no rule is none`(text: String) { #expect(SplitRule(text) == nil) }

  private static let book = """
    Before it all.

    # One

    The first chapter.

    It goes on.

    # Part two

    ## Chapter two

    The last.
    """

  @Test func `chapters begin with their headings, and headings without text join`() {
    let chapters = items(Self.book, .headings, markdown: true)
    #expect(chapters.map(\.title) == [nil, "One", "Part two, Chapter two"])
    #expect(
      chapters.map { String(scalars: $0.written).contains("goes on") } == [false, true, false])
    #expect(chapters[1].said.string.contains("The first chapter."))
    #expect(!chapters[1].said.string.contains("The last"))
  }

  @Test func `headings of plain text are lines that say so`() {
    let text = "CHAPTER I.\n\nIt was dark.\n\nII\n\nIt was light.\n\nChapter 3: The end\n\nNo more."
    #expect(
      items(text, .headings).map { $0.title?.plain } == ["CHAPTER I", "II", "Chapter 3: The end"])
  }

  @Test func `a title is as it is written, not as it is said`() {
    let made = TextItems(
      filters: TextFilters(.numbers), target: TextTarget(language: "en"), split: .headings
    ).items("CHAPTER IV\n\nIt was dark.\n\nCHAPTER 5: 1999\n\nLight.", source: "book", at: now)
    #expect(made.map(\.title) == ["CHAPTER IV", "CHAPTER 5: 1999"])
    #expect(made[0].said.string.contains("four"))
  }

  @Test(arguments: [
    (SplitRule.paragraphs, 7), (.files, 1), (.every(2), 4), (.every(3600), 1), (.lines, 7),
  ])
  func `a text is cut into so many`(rule: SplitRule, count: Int) {
    let text =
      "One here.\n\nTwo is here.\n\nThree is here.\n\nFour.\n\nFive is longer than that is.\n\nSix.\n\nSeven."
    let made = items(text, rule)
    #expect(made.count == count)
    // Nothing is lost, and nothing is said twice.
    let words = made.flatMap { $0.said.string.split(whereSeparator: \.isWhitespace) }
    #expect(words == text.split(whereSeparator: \.isWhitespace))
  }

  @Test func `an item knows its place in its source`() {
    let text = "Erster Absatz.\n\nZweiter — Absatz."
    for item in items(text, .paragraphs) {
      let scalars = Array(text.unicodeScalars)
      #expect(Array(scalars[item.range]) == item.written)
    }
    #expect(
      items(text, .paragraphs).map { String(scalars: $0.written).trimmed } == [
        "Erster Absatz.", "Zweiter — Absatz.",
      ])
  }

  @Test(arguments: ["", " \n ", "...", "***"])
  func `a text without words makes one item that cannot be spoken`(text: String) {
    let made = items(text, .headings)
    #expect(made.count <= 1)
    #expect(made.allSatisfy { !$0.isSpeakable })
  }

  @Test func `takes are paragraphs, and are cut below the limit at sentences`() {
    let text = said("One is short. Two is short. Three is short.\n\nFour.")
    let takes = text.takes(Take.Rules(limit: 30, singly: false), language: "en")
    #expect(
      takes.map { text.words($0.range) } == [
        "One is short. Two is short.", "Three is short.", "Four.",
      ])
    #expect(takes[0].sentences.map { text.words($0) } == ["One is short.", "Two is short."])
    let single = text.takes(Take.Rules(limit: 30, singly: true), language: "en")
    #expect(single.map { $0.sentences.count } == [1, 1, 1, 1])
  }

  @Test func `takes are the whole text`() {
    let text = said(
      "„Nein“, sagte Dr. Wolf. Er ging am 3. Mai 1904.\n\n***\n\nAls er kam, war 3.14 alles!")
    for limit in [5, 20, 4000] {
      let takes = text.takes(Take.Rules(limit: limit, singly: false), language: "de")
      var place = 0
      for take in takes {
        #expect(take.range.lowerBound == place)
        #expect(take.sentences.first?.lowerBound == place)
        for (one, two) in zip(take.sentences, take.sentences.dropFirst()) {
          #expect(one.upperBound == two.lowerBound)
        }
        place = take.range.upperBound
        #expect(take.sentences.last?.upperBound == place)
      }
      #expect(place == text.count)
    }
  }
}

extension String {
  /// Without the stop that a heading is given.
  fileprivate var plain: String {
    hasSuffix(".") ? String(dropLast()).replacing(". ", with: " ") : self
  }
}
