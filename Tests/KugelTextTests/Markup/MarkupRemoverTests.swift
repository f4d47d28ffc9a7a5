import Testing

@testable import KugelText

@Suite struct MarkupRemoverTests {
  private func removed(_ text: String, keeping kept: Set<String> = [], by size: Int) -> String {
    var remover = MarkupRemover(keeping: kept)
    var pieces: [MarkupRemover.Piece] = []
    var rest = Substring(text).unicodeScalars[...]
    while !rest.isEmpty {
      pieces += remover.take(String(String.UnicodeScalarView(rest.prefix(size))))
      rest = rest.dropFirst(size)
    }
    pieces += remover.finish()
    return pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .pause(let milliseconds): "|\(milliseconds)|"
      case .speed(let speed): "{\(speed.map { "\($0)" } ?? "")}"
      }
    }.joined()
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("a <spell>B</spell> c", "a B c"), ("x<break time='1s'/>y", "x|1000|y"),
      ("a<spell>bé1</spell>d", "a B, É, 1 d"), ("<spell group='2'>abcd</spell>.", "A B, C D."),
      ("<spell>a.</spell><spell>@", "A, dot at"), ("<spell>a<1</spell>", "A, less than, 1"),
      ("<spell>a<break/>b</spell>", "A|200|B"), ("<spell></spell>x", "x"),
      ("<break strength='none'/>x<break time='99s'></break>", "x|60000|"),
      ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"), ("<b>bold</b>", "<b>bold</b>"),
      ("<<spell>x", "<X"), ("an end <bre", "an end <bre"), ("<", "<"), ("a<br>b", "a<br>b"),
      ("<prosody rate=\"slow\">é</prosody>", "{0.8}é{}"), ("", ""),
      ("a <prosody rate='1.1'>b</prosody>.", "a {1.1}b{}."), ("<prosody pitch='x'>a", "a"),
    ], [1, 2, 3, 100])
  func `known tags go, everything else stays`(pair: (String, String), size: Int) {
    #expect(removed(pair.0, by: size) == pair.1)
  }

  @Test func `a tag that is known to the service stays`() {
    let text = "a <break time=\"1s\"/> <spell>B</spell>"
    for size in [1, 4, 100] {
      #expect(removed(text, keeping: ["break"], by: size) == "a <break time=\"1s\"/> B")
      let all: Set = ["break", "prosody", "spell"]
      #expect(removed(text, keeping: all, by: size) == text)
    }
  }

  @Test func `only what may become a tag waits`() {
    var remover = MarkupRemover()
    #expect(remover.take("1 <") == [.text("1 ")])
    #expect(remover.take(" 2") == [.text("< 2")])
    #expect(remover.take("<sp") == [])
    #expect(remover.take("here") == [.text("<sphere")])
  }

  @Test func `signs are spelled in the language`() {
    var remover = MarkupRemover(language: "de")
    #expect(remover.take("<spell>a@b") == [])
    #expect(remover.take("</spell>") == [.text("A, ät, B")])
  }
}
