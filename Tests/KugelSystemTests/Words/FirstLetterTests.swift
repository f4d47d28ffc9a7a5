import KugelSystem
import Testing

@Suite struct FirstLetterTests {
  @Test(arguments: [
    ("No space left on device", "no space left on device"), ("I/O error", "I/O error"),
    ("TLS failed", "TLS failed"), ("", ""), ("Über", "über"),
  ])
  func `a sentence fits into another one, abbreviations stay`(text: String, expected: String) {
    #expect(text.beginningSmall == expected)
  }

  @Test(arguments: [("try again", "Try again"), ("ß", "SS"), ("", "")])
  func `a fragment becomes the beginning of a sentence`(text: String, expected: String) {
    #expect(text.beginningCapital == expected)
  }
}
