import Testing

@testable import KugelServiceCore
@testable import KugelText

@Suite struct VoiceMapTests {
  @Test func `a map has a number and a voice a line`() throws {
    let map = try VoiceMapping.parse("# mine\n1071 = de\n\n 7=en-us+f3\r\n8 = 42")
    #expect(map.map(\.id) == [1071, 7, 8])
    #expect(map.map(\.voice) == [.handle("de"), .handle("en-us+f3"), .id(42)])
    #expect(map.map(\.line) == [2, 4, 5])
  }

  @Test(arguments: [("x = de", 1), ("\n1 =", 2), ("1 de", 1), ("1 = a\n1 = b", 2), ("-1 = a", 1)])
  func `a line that is no mapping is named`(text: String, line: Int) {
    #expect(throws: LineError.self) { try VoiceMapping.parse(text) }
    do throws(LineError) {
      _ = try VoiceMapping.parse(text)
    } catch {
      #expect(error.line == line)
    }
  }

  @Test func `the first of two voices with one number counts`() {
    let voice = { (id: Int, name: String) in
      ListedVoice(
        id: id, handle: name, name: name, description: "", sex: nil, languages: [], engineVoice: id)
    }
    let voices = ListedVoices([voice(1, "a"), voice(2, "b"), voice(1, "c")])
    #expect(voices.all.map(\.name) == ["a", "b"])
    #expect(voices.find(.id(1))?.name == "a")
    #expect(voices.find(.handle("B"))?.id == 2)
    #expect(voices.find(.handle("2"))?.id == 2)
    #expect(voices.find(.handle("c")) == nil)
  }

  @Test func `languages are listed without regions`() {
    let voice = Voice(id: 5, name: "English", languages: ["en", "en-gb"], handle: "en")
    #expect(ListedVoice(voice, engine: "espeak").languages == ["en"])
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (1_767_225_599, "2025-12-31T23:59:59Z"),
    (-1, "1969-12-31T23:59:59Z"),
  ])
  func `seconds become a date`(seconds: Int, expected: String) {
    #expect(timestamp(seconds) == expected)
  }
}
