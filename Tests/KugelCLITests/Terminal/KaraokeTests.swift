import KugelText
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct KaraokeTests {
  private func word(_ word: String, _ start: Int, _ from: Int, _ to: Int) -> WordTime {
    WordTime(
      word: word, startMilliseconds: start, endMilliseconds: start + 100, characterStart: from,
      characterEnd: to)
  }

  private func text(_ text: SpokenText, _ range: Range<Int>?) -> String? {
    range.map { range in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.source[range])
      return String(view)
    }
  }

  @Test func `words are found in the text as it was given`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("# Say **it**, then\n\n  say it again.")
    spoken.begin(chunk: 0, turn: 1, text: "Say", at: 0)
    spoken.begin(chunk: 1, turn: 1, text: "then say it again.", at: 1)
    spoken.add([word("Say", 0, 0, 3)], chunk: 0, turn: 1)
    spoken.add(
      [word("then", 0, 0, 4), word("say", 300, 5, 8), word("it", 600, 9, 11)], chunk: 1, turn: 1)
    #expect(text(spoken, spoken.current(at: 0.1)?.range) == "Say")
    #expect(text(spoken, spoken.current(at: 1.2)?.range) == "then")
    #expect(spoken.current(at: 1.4)?.range == 22..<25)
    #expect(text(spoken, spoken.current(at: 9)?.range) == "it")
  }

  @Test func `without word times the sentence is marked`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("One two. Three four.")
    spoken.begin(chunk: 0, turn: 1, text: "One two.", at: 0)
    spoken.begin(chunk: 1, turn: 1, text: "Three four.", at: 0.9)
    spoken.correct(chunk: 1, turn: 1, start: 2)
    #expect(text(spoken, spoken.current(at: 1.9)?.range) == "One two.")
    #expect(text(spoken, spoken.current(at: 2)?.range) == "Three four.")
  }

  @Test func `several spoken words at one written word leave the mark on it`() {
    var spoken = SpokenText(byWord: true)
    spoken.append("Pay $3.50 now")
    spoken.begin(chunk: 0, turn: 1, text: "Pay $3.50 now", at: 0)
    spoken.add(
      [
        word("Pay", 0, 0, 3), word("three", 100, 4, 9), word("dollars", 200, 4, 9),
        word("fifty", 300, 4, 9), word("now", 500, 10, 13),
      ], chunk: 0, turn: 1)
    for time in [0.1, 0.25, 0.45] {
      #expect(text(spoken, spoken.current(at: time)?.range) == "$3.50")
    }
  }

  @Test func `the share of the characters grows with the sound`() {
    var spoken = SpokenText(byWord: false)
    spoken.append("Half of it. The rest is.")
    spoken.begin(chunk: 0, turn: 1, text: "Half of it.", at: 0)
    spoken.begin(chunk: 1, turn: 1, text: "The rest is.", at: 1)
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
