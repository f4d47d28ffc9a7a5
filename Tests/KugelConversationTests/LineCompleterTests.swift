import KugelConversation
import KugelSession
import KugelText
import KugelWire
import Testing

@Suite struct LineCompleterTests {
  private static let voices: [Voice] = [
    Voice(id: 1, name: "English (America)", languages: ["en-us", "en"], handle: "en-us"),
    Voice(id: 2, name: "English (Scotland)", languages: ["en-gb-scotland"], handle: "en-sc"),
    Voice(id: 3, name: "German", languages: ["de"], handle: "de"),
    Voice(id: 44, name: "Anna Berg", languages: ["sv"]),
    Voice(id: 45, name: "Red\u{1B}[31m", languages: ["da"]),
  ]

  private static let folders = [
    "": ["notes.wav", "note two.wav", "sound/", ".hidden"], "sound/": ["a.wav", "b.wav"],
    "sound/a/": [],
  ]

  private func complete(_ before: String, voices: [Voice]? = voices) -> Completion? {
    LineCompleter(offer: .kugelAudio, voices: voices).complete(before) { Self.folders[$0] ?? [] }
  }

  /// The line as it is after Tab, where all is clear.
  @Test(
    arguments: [
      ("/ca", "/cancel "), ("/pau", "/pause"), ("/pause", "/pause"), ("/vol", "/volume "),
      ("/wait h", "/wait heard "), ("/cancel a", "/cancel after "),
      ("/expect hea", "/expect heard "),
      ("/set vol", "/set volume="), ("/set lang=de pit", "/set lang=de pitch="),
      ("/set voice=en-u", "/set voice=en-us "), ("/set voice=EN-U", "/set voice=en-us "),
      ("/set voice=Engl", "/set voice=\"English ("),
      ("/set voice=An", "/set voice=\"Anna Berg\" "),
      ("/set voice=\"anna ", "/set voice=\"Anna Berg\" "),
      ("/set voice=4", "/set voice=4"), ("/set voice_id=de", "/set voice_id=de "),
      ("/set lang=s", "/set lang=sv "), ("/set normalize=t", "/set normalize=true "),
      ("/set sample_rate=8", "/set sample_rate=8000 "), ("/set temperature=", "/set temperature="),
      ("/set pan", "/set pan"), ("/set nothing=t", "/set nothing=t"),
      ("/voices en-u", "/voices en-us "),
      ("/save notes", "/save notes.wav "), ("/save \"note t", "/save \"note two.wav\" "),
      ("/save note\" t", "/save \"note two.wav\" "),
      ("/save so", "/save sound/"), ("/save sound/a", "/save sound/a.wav "),
      ("/save .", "/save .hidden "), ("/save of", "/save off "), ("/save note", "/save note"),
      ("/save a b", "/save a b"), ("/mark a", "/mark a"), ("/say de", "/say de"),
      ("/nonsense de", "/nonsense de"), ("cancel", "cancel"), ("//ca", "//ca"), ("", ""),
    ])
  func `what is clear is completed`(before: String, after: String) {
    var (key, line) = (TabKey(), before)
    if case .replace(let count, let text) = key.press(before, complete(before)) {
      line = String(before.unicodeScalars.dropLast(count)) + text
    }
    #expect(line == after)
  }

  @Test(
    arguments: [
      ("/s", ["send", "say", "set", "save", "status"]), ("/set voice=e", ["en-us", "en-sc"]),
      ("/set voice=", ["en-us", "en-sc", "de", "Anna Berg"]), ("/set voice=4", ["44", "45"]),
      ("/set lang=en", ["en-us", "en", "en-gb-scotland"]),
      ("/set p", ["pitch=", "project_id="]), ("/voices d", ["de", "da"]),
      ("/save ", ["note two.wav", "notes.wav", "sound/", "off"]),
      ("/save sound/", ["sound/a.wav", "sound/b.wav"]), ("/save nowhere/", []),
    ])
  func `what could be meant is known`(before: String, candidates: [String]) {
    #expect(complete(before)?.candidates ?? [] == candidates)
  }

  @Test func `voices are asked for where one is due`() {
    let completer = LineCompleter(offer: .kugelAudio)
    for line in ["/set voice=", "/set pitch=3 voice=a", "/set lang=", "/voices "] {
      #expect(completer.wantsVoices(line), "\(line)")
    }
    for line in ["/set ", "/voices", "voice", "/save a", "/voices a b"] {
      #expect(!completer.wantsVoices(line), "\(line)")
    }
    #expect(complete("/set voice=d", voices: nil) == nil)
  }

  @Test func `pressed again it lists, once more after what was typed since`() {
    var key = TabKey()
    func press(_ before: String) -> TabKey.Answer { key.press(before, complete(before)) }
    #expect(press("/set voice=e") == .replace(1, by: "en-"))
    let both = TabKey.Answer.list(["en-us", "en-sc"])
    #expect(press("/set voice=en-") == both)
    #expect(press("/set voice=en-") == both)
    #expect(press("/s") == .nothing)
    #expect(press("/set voice=en-") == .nothing)
    #expect(press("/set voice=en-") == both)
    #expect(press("/set voice=en-s") == .replace(4, by: "en-sc "))
    #expect(press("/set voice=x") == .nothing)
  }
}
