import KugelNarration
import Testing

@Suite struct ReportPageTests {
  private func page() -> String {
    var page = ReportPage()
    (page.items, page.seconds, page.sentences) = (3, 3725.4, 40)
    page.failed = [ReportPage.Failure(place: "a<b>.txt", cause: "it is empty")]
    page.doubtful = [
      ReportPage.Item(
        file: "one & two.wav", address: "one%20&%20two.wav", seconds: 10,
        doubts: [
          ReportPage.Doubt(
            sentence: 4, from: 2.5, to: 5, kinds: [.tooShort, .cutOff], text: "\"Really?\"")
        ], peaks: [0, 0.5, 1, 2])
    ]
    return page.html
  }

  @Test(arguments: [
    "3 items, 1:02:05, 40 sentences; <b>1 doubtful</b>, 1 items failed.",
    "<li>a&lt;b&gt;.txt: it is empty</li>", "<h2>one &amp; two.wav</h2>",
    "src=\"one%20&amp;%20two.wav\"", "href=\"one%20&amp;%20two.wav#t=2.50,5.00\"",
    // A quarter of four columns.
    "<rect x=\"1.00\" y=\"0\" width=\"2.00\"",
    "M0 60.00V60.00M1 30.00V90.00M2 0.00V120.00M3 0.00V120.00",
    "it took less time than this voice needs; its sound breaks off", "&quot;Really?&quot;",
  ])
  func `the page shows where what is doubtful is`(part: String) { #expect(page().contains(part)) }

  @Test func `every element is closed`() {
    var open: [String] = []
    for tag in page().split(separator: "<").dropFirst(1) {
      let name = tag.prefix { $0 != ">" && $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        #expect(open.popLast() == String(tag.dropFirst().prefix { $0 != ">" }))
      } else if !tag.prefix(while: { $0 != ">" }).hasSuffix("/") {
        open.append(String(name))
      }
    }
    #expect(open == [])
  }
}
