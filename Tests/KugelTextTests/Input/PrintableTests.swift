import KugelText
import Testing

@Suite struct PrintableTests {
  @Test(arguments: [
    ("plain text, äöü, 日本", "plain text, äöü, 日本"), ("a\tb\nc", "a\tb\nc"),
    ("\u{1B}[31mred", "\u{241B}[31mred"), ("\u{1B}]0;title\u{07}", "\u{241B}]0;title\u{2407}"),
    ("over\rwritten", "over\u{240D}written"), ("\u{9B}2J", "\u{FFFD}2J"), ("\u{7F}", "\u{2421}"),
    ("txt.\u{202E}exe", "txt.\u{FFFD}exe"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("", ""),
  ])
  func `what would steer a terminal is shown instead`(text: String, shown: String) {
    #expect(text.printable == shown)
  }

  @Test func `no scalar is lost, and none that steers is left`() {
    for value in (0...0xA0 as ClosedRange<UInt32>) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = String(Character(scalar)).printable
      #expect(shown.unicodeScalars.count == 1)
      let left = shown.unicodeScalars.first?.properties.generalCategory
      #expect(left != .control || value == 9 || value == 10)
    }
  }
}
