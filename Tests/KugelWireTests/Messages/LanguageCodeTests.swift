import KugelWire
import Testing

@Suite struct LanguageCodeTests {
  @Test(arguments: [("de", "de"), ("de-AT", "de"), ("EN-gb", "en"), ("tlh", "tlh")])
  func `languages are named as services know them`(tag: String, sent: String) {
    #expect(LanguageCode.spoken(tag) == sent)
  }
}
