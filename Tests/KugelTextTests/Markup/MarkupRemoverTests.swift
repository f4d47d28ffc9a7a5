import Testing

@testable import KugelText

@Suite struct MarkupRemoverTests {
  private func removed(_ text: String, keeping kept: Set<String> = [], by size: Int) -> String {
    var remover = MarkupRemover(keeping: kept)
    var result = ""
    var rest = Substring(text).unicodeScalars[...]
    while !rest.isEmpty {
      result += remover.take(String(String.UnicodeScalarView(rest.prefix(size))))
      rest = rest.dropFirst(size)
    }
    return result + remover.finish()
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("a <spell>B</spell> c", "a B c"), ("x<break time='1s'/>y", "xy"),
      ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"), ("<b>bold</b>", "<b>bold</b>"),
      ("<<spell>x", "<x"), ("an end <bre", "an end <bre"), ("<", "<"), ("a<br>b", "a<br>b"),
      ("<prosody rate=\"slow\">é</prosody>", "é"), ("", ""),
    ], [1, 2, 3, 100])
  func `known tags go, everything else stays`(pair: (String, String), size: Int) {
    #expect(removed(pair.0, by: size) == pair.1)
  }

  @Test func `a tag that is known to the service stays`() {
    let text = "a <break time=\"1s\"/> <spell>B</spell>"
    for size in [1, 4, 100] {
      #expect(removed(text, keeping: ["break"], by: size) == "a <break time=\"1s\"/> B")
    }
  }

  @Test func `only what may become a tag waits`() {
    var remover = MarkupRemover()
    #expect(remover.take("1 <") == "1 ")
    #expect(remover.take(" 2") == "< 2")
    #expect(remover.take("<sp") == "")
    #expect(remover.take("here") == "<sphere")
  }
}
