import KugelScreen
import KugelText
import Testing

@testable import KugelCLI

@Suite struct VoicesTests {
  @Test(arguments: [
    (["--lang", "de"], ["anna"]), (["--language", "de"], ["anna"]), (["--language=en"], ["bob"]),
    (["-l", "DE-AT"], ["anna"]), (["-l", "en"], ["bob"]),
    (["-l", "e"], []), (["--search", "VOI"], ["bob"]), (["--search", "at"], ["anna"]),
    (["--search", "zzz"], []), (["-e", "tone"], ["beep"]),
  ])
  func `only the wanted voices are listed`(words: [String], names: [String]) {
    // One letter is no language tag.
    if words == ["-l", "e"] {
      #expect(Stage.run(["voices"] + words).status == .usage)
      return
    }
    let rows = Stage.run(["voices"] + words).printed.split(separator: "\n").dropFirst()
    #expect(rows.map { $0.split(separator: " ")[1] } == names.map { $0[...] })
  }

  @Test func `a question mark lists instead of speaking`() {
    let voices = Stage.run("say", "-v", "?", "hello")
    #expect(voices.printed == Stage.run("voices").printed && voices.requests.isEmpty)
    let tone = Stage.run("stream", "-v?", "-e", "tone")
    #expect(tone.printed.contains("beep") && tone.requests.isEmpty)
    #expect(Stage.run("say", "-a", "?").printed.hasPrefix("*  default"))
  }

  @Test func `models are a service's: an engine of this program says so`() {
    for words in [["say", "-m", "?"], ["bench", "-e", "tone", "-m", "?"]] {
      let outcome = Stage.run(words)
      #expect(outcome.status == .usage && outcome.requests.isEmpty)
      #expect(outcome.told.contains("has no models"))
    }
  }

  @Test func `voices with words for ids are listed by them`() {
    var voice = Voice(id: 1, name: "George", languages: ["en"], handle: "JBFq")
    voice.isCalledByHandle = true
    #expect(VoiceTable.text([voice]).contains("ID    NAME"))
    #expect(VoiceTable.text([voice]).contains("JBFq  George"))
    #expect(VoiceJSON.text([voice]).contains("{\"id\":\"JBFq\","))
  }

  @Test(arguments: [["say", "-a", "?"], ["bench", "-a?"], ["multi", "-a", "?"]])
  func `where there is no sound device, the list of them says so`(words: [String]) {
    let outcome = Stage.run(words, devices: [])
    #expect(outcome.status == .done && outcome.printed == "")
    #expect(outcome.told.contains("no sound device") && outcome.told.contains("-o FILE"))
  }

  @Test func `JSON holds for every text`() {
    let voice = Voice(id: 1, name: "a\"\\\n\u{1}\u{1F}é", languages: [], sex: nil)
    #expect(
      VoiceJSON.text([voice])
        == "[\n  {\"id\":1,\"name\":\"a\\\"\\\\\\u000a\\u0001\\u001fé\",\"languages\":[],\"sex\":null}\n]\n"
    )
    #expect(VoiceJSON.text([]) == "[]\n")
  }

  @Test(arguments: [
    (["voices"], "anna\nbob \"the\" voice\n"),
    (["voices", "--", "say", "-e", "tone", "-v"], "beep\n"),
    (["voices", "--", "say", "--engine=tone"], "beep\n"),
    (["voices", "--", "say", "--engine", "=", "tone"], "beep\n"),
    (["voices", "--", "say", "-etone"], "beep\n"), (["devices"], "default\nnull\n"),
  ])
  func `completions can ask for names`(words: [String], printed: String) {
    #expect(Stage.run(["_names"] + words).printed == printed)
  }
}
