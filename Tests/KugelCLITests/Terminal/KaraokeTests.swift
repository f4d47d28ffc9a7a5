import Testing

@testable import KugelCLI
@testable import KugelJobs
@testable import KugelScreen
@testable import KugelSession

@Suite struct KaraokeTests {
  private func word(
    _ word: String, chunk: Int, _ start: Double, _ source: Range<Int>?
  ) -> Happening.Word {
    Happening.Word(
      text: word, chunk: chunk, samples: 0..<0, startsAt: start, source: source, score: 1)
  }

  private func text(_ text: SpokenText, _ range: Range<Int>?) -> String? {
    range.map { range in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.source[range])
      return String(view)
    }
  }

  @Test func `words are marked in the text as it was given`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("# Say **it**, then\n\n  say it again.", at: 0)
    spoken.begin(chunk: 0, turn: 1, at: 2..<5, start: 0)
    spoken.begin(chunk: 1, turn: 1, at: 14..<35, start: 1)
    spoken.add([word("Say", chunk: 0, 0, 2..<5)], turn: 1)
    spoken.add(
      [
        word("then", chunk: 1, 1, 14..<18), word("say", chunk: 1, 1.3, 22..<25),
        word("it", chunk: 1, 1.6, 26..<28),
      ], turn: 1)
    #expect(text(spoken, spoken.current(at: 0.1)?.range) == "Say")
    #expect(text(spoken, spoken.current(at: 1.2)?.range) == "then")
    #expect(spoken.current(at: 1.4)?.range == 22..<25)
    #expect(text(spoken, spoken.current(at: 9)?.range) == "it")
  }

  @Test func `without word times the sentence is marked, from when it really sounds`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("One two. Three four.", at: 0)
    spoken.begin(chunk: 0, turn: 1, at: 0..<8, start: 0)
    spoken.begin(chunk: 1, turn: 1, at: 9..<20, start: 0.9)
    spoken.sounds(chunk: 1, turn: 1, start: 2)
    #expect(text(spoken, spoken.current(at: 1.9)?.range) == "One two.")
    #expect(text(spoken, spoken.current(at: 2)?.range) == "Three four.")
  }

  @Test func `several spoken words at one written word leave the mark on it`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("Pay $3.50 now", at: 0)
    spoken.begin(chunk: 0, turn: 1, at: 0..<13, start: 0)
    spoken.add(
      [
        word("Pay", chunk: 0, 0, 0..<3), word("three", chunk: 0, 0.1, 4..<9),
        word("dollars", chunk: 0, 0.2, 4..<9), word("fifty", chunk: 0, 0.3, 4..<9),
        word("now", chunk: 0, 0.5, 10..<13),
      ], turn: 1)
    for time in [0.1, 0.25, 0.45] {
      #expect(text(spoken, spoken.current(at: time)?.range) == "$3.50")
    }
  }

  @Test func `input that is no text is not shown, and what follows is found all the same`() {
    var spoken = SpokenText(byWord: false)
    spoken.append("One.", at: 0)
    spoken.append("Two.", at: 6, turn: 2)
    spoken.begin(chunk: 0, turn: 1, at: 0..<4, start: 0)
    spoken.begin(chunk: 0, turn: 2, at: 6..<10, start: 1)
    spoken.begin(chunk: 1, turn: 2, at: nil, start: 1.5)
    #expect(text(spoken, 0..<8) == "One.Two.")
    #expect(text(spoken, spoken.current(at: 2)?.range) == "Two.")
    #expect(spoken.takeHeard(until: 0.5) == [0..<4])
    #expect(spoken.takeHeard(until: 2) == [4..<8])
    #expect(spoken.takeHeard(until: 3) == [])
  }

  @Test func `of several speakers each line has its place, and is shown with its name`() {
    var cast = SpokenText(byWord: true, isCast: true)
    cast.append("Hello.", at: 0, turn: 1, by: "anna")
    cast.append("Hi you.", at: 7, turn: 2, by: "bob")
    #expect(text(cast, 0..<cast.source.count) == "anna: Hello.\nbob: Hi you.")
    // Bob's sound is there before anybody knows when he is heard.
    cast.begin(chunk: 0, turn: 2, at: 7..<14, start: 0)
    cast.sounds(chunk: 0, turn: 2, start: 0)
    cast.add([word("Hi", chunk: 0, 0, 7..<9), word("you", chunk: 0, 0.5, 10..<13)], turn: 2)
    #expect(cast.current(at: 9) == nil)
    cast.begin(chunk: 0, turn: 1, at: 0..<6, start: 0)
    cast.sounds(chunk: 0, turn: 1, start: 0)
    cast.place(turn: 1, at: 0)
    #expect(text(cast, cast.current(at: 0.1)?.range) == "Hello.")
    cast.place(turn: 2, at: 3)
    #expect(text(cast, cast.current(at: 2.9)?.range) == "Hello.")
    #expect(text(cast, cast.current(at: 3.1)?.range) == "Hi")
    #expect(text(cast, cast.current(at: 3.6)?.range) == "you")
    #expect(cast.moment(0.5, of: 2) == 3.5)
    #expect(cast.takeHeard(until: 9).map { text(cast, $0) } == ["anna: Hello.", "bob: Hi you."])
  }

  @Test func `the share of the characters grows with the sound`() {
    var spoken = SpokenText(byWord: false)
    spoken.append("Half of it. The rest is.", at: 0)
    spoken.begin(chunk: 0, turn: 1, at: 0..<11, start: 0)
    spoken.begin(chunk: 1, turn: 1, at: 12..<24, start: 1)
    #expect(spoken.share(at: 1, produced: 2) == nil)
    spoken.end()
    #expect(spoken.share(at: 0, produced: 2) == 0)
    #expect(spoken.share(at: 1, produced: 2) == 0.5)
    #expect(spoken.share(at: 2, produced: 2) == 1)
  }

  @Test(arguments: [
    ("one two three", 9, ["one two", "three"]), ("one two", 8, ["one two"]),
    ("Donaudampfschiff", 7, ["Donaud", "ampfsc", "hiff"]), ("a\n\nb", 20, ["a", "", "b"]),
    ("漢字漢字", 7, ["漢字漢", "字"]), ("é́é é", 4, ["é́é", "é"]),
  ])
  func `lines break at spaces, new lines, and within long words`(
    text: String, width: Int, lines: [String]
  ) {
    let scalars = Array(text.unicodeScalars)
    var (start, found) = (0, [String]())
    while start < scalars.count {
      let line = KaraokeView.line(of: scalars, from: start, width: width)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[line.range])
      found.append(String(view))
      start = line.next
    }
    #expect(found == lines)
  }

  @Test func `the current line is drawn again, the ones before scroll up`() {
    let text = Array("one two three four".unicodeScalars)
    var view = KaraokeView()
    #expect(
      view.show(text, mark: 0..<3, width: 9)
        == "\r\u{1B}[K\u{1B}[7mone\u{1B}[27m\u{1B}[2m two\u{1B}[22m")
    #expect(view.show(text, mark: 0..<3, width: 9) == "")
    #expect(
      view.show(text, mark: 8..<13, width: 9)
        == "\r\u{1B}[Kone two\r\n\r\u{1B}[K\u{1B}[7mthree\u{1B}[27m")
    #expect(view.finish(text, end: 18, width: 9) == "\r\u{1B}[Kthree\r\n\r\u{1B}[Kfour\r\n")
  }

  @Test func `a terminal made narrower is cleaned of every row`() {
    let text = Array("one two three four".unicodeScalars)
    var view = KaraokeView()
    _ = view.show(text, mark: 4..<7, width: 40)
    let drawn = view.show(text, mark: 4..<7, width: 10)
    #expect(drawn.hasPrefix("\u{1B}[1A\r\u{1B}[J"))
    #expect(drawn.contains("\u{1B}[7mtwo\u{1B}[27m"))
  }
}
