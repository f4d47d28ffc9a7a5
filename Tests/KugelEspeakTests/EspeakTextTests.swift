import Testing

@testable import KugelEspeak

private func literal(_ text: String) -> [UInt8] {
  EspeakText.bytes(of: EspeakText.scalars(of: text))
}

@Test func `commands and zeros in a text become spaces, offsets stay`() {
  #expect(literal("a\u{0}b\u{1}90P\u{1b}é\u{7f}\t\r\n") == Array("a b 90P é \t\r\n\0".utf8))
}

@Test(arguments: [
  ("Hello.", true), ("Hello, ", true), ("\"Hello!\"", true), ("(hello)", true), ("「はい。」", true),
  ("Hello", false), ("Hello ", false), ("5", false), ("5 €", false), ("Title\n", true),
  ("Title\r\n ", true), ("", false), ("🌍", false), ("well-", false),
])
func `the pause behind a text depends on how it stops`(text: String, pause: Bool) {
  #expect(EspeakText.endsClause(Array(text.unicodeScalars)) == pause)
}

@Test(arguments: [("Title\n", false), ("Title\n\n", true), ("Title\n \n ", true), ("One,\n", true)])
func `inside a text a paragraph ends at an empty line`(text: String, pause: Bool) {
  #expect(EspeakText.endsClause(Array(text.unicodeScalars), lines: 2) == pause)
}

@Test func `digits of any script are given in ASCII, what nobody knows as spaces`() {
  #expect(literal("০৯ ٣ ５ Ⅷ ½ ünï 你 🌍\u{fe0f}") == Array("09 3 5 Ⅷ ½ ünï 你 🌍\u{fe0f}\0".utf8))
  #expect(literal("a\u{378}b\u{f8d0}c\u{e028}") == Array("a b c \0".utf8))
}
