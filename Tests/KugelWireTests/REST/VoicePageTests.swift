import KugelText
import KugelWire
import Testing

@Suite struct VoicePageTests {
  @Test func `a page holds voices and how many there are`() throws {
    let body = #"""
      {"voices":[{"id":7,"voice_id":7,"name":"Anna","sex":"female","handle":"anna",
      "supported_languages":["de","en"],"quality":"mid","new":[1]},
      {"id":8,"name":"Bob","sex":"robot","description":null}],"total":12,"limit":2,"offset":0}
      """#
    let page = try #require(VoicePage(body: Array(body.utf8)))
    #expect(page.total == 12)
    #expect(
      page.voices == [
        Voice(id: 7, name: "Anna", languages: ["de", "en"], sex: .female, handle: "anna"),
        Voice(id: 8, name: "Bob", languages: []),
      ])
  }

  @Test func `the first services wrapped it otherwise`() throws {
    let body = #"{"data":[{"id":7,"name":"Anna"}],"meta":{"total":1}}"#
    let page = try #require(VoicePage(body: Array(body.utf8)))
    #expect(page.voices.map(\.id) == [7] && page.total == 1)
  }

  @Test(arguments: ["", "[]", "{}", #"{"voices":[{"name":"x"}]}"#, "<html>"])
  func `anything else is no page`(body: String) {
    #expect(VoicePage(body: Array(body.utf8)) == nil)
  }
}
