import Testing

@testable import KugelEngine

@Test func `commands and zeros in a text become spaces, offsets stay`() {
  let text = EspeakText("a\u{0}b\u{1}90P\u{1b}é\u{7f}\t\r\n")
  #expect(text.bytes == Array("a b 90P é \t\r\n\0".utf8))
}

@Test(arguments: [
  ("Hello.", true), ("Hello, ", true), ("\"Hello!\"", true), ("(hello)", true), ("「はい。」", true),
  ("Hello", false), ("Hello ", false), ("5", false), ("5 €", false), ("Title\n", true),
  ("Title\r\n ", true), ("", false), ("🌍", false), ("well-", false),
])
func `the pause behind a text depends on how it stops`(text: String, pause: Bool) {
  #expect(EspeakText(text).endsClause == pause)
}

@Test func `digits of any script are given in ASCII, everything else as it is`() {
  #expect(
    EspeakText("০৯ ٣ ５ Ⅷ ½ ünï 你 🌍\u{fe0f}").bytes == Array("09 3 5 Ⅷ ½ ünï 你 🌍\u{fe0f}\0".utf8))
  #expect(EspeakText("a\u{378}b\u{f8d0}").bytes == Array("a b\u{f8d0}\0".utf8))
}
