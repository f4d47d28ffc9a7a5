import KugelConversation
import KugelSession
import KugelWire
import Testing

@Suite struct VoiceChoiceTests {
  private func talk(_ style: ConversationStyle = .script, fails: Bool = false) -> VirtualTalk {
    var world = VirtualTalk.World()
    world.listing = .milliseconds(300)
    world.listingFails = fails
    return VirtualTalk(style, world: world)
  }

  @Test func `a name is looked up once, and what follows waits for it`() {
    var talk = talk()
    talk.type([
      "/set voice=tone-2", "/say One.", "/set voice=tone-3", "/say Two.", "/voices tone-5",
    ])
    #expect(talk.lines == [])
    talk.finish()
    #expect(talk.lines.prefix(2) == ["set live voice=2", "turn 1 started"])
    #expect(talk.lines.contains("set waiting voice=3") || talk.lines.contains("set live voice=3"))
    #expect(talk.lines.contains { $0.hasPrefix("voice 5 tone-5") })
    #expect(
      talk.heard == VirtualTalk.tone("One.", voice: 2) + VirtualTalk.tone("Two.", voice: 3))
    #expect(talk.listings == 1)
  }

  @Test func `a number needs no list, and a name that is not listed is left to the service`() {
    var talk = talk()
    talk.type("/set voice=4")
    #expect(talk.listings == 0)
    talk.type(["/set voice=hidden-one", "/set voice=tone-"])
    talk.finish()
    #expect(talk.lines.prefix(2) == ["set live voice=4", "set live voice=hidden-one"])
    #expect(talk.lines.dropFirst(2).first?.contains("could be several voices") == true)
  }

  @Test func `the sound goes on while the list is on its way`() {
    var talk = talk(.prompt)
    talk.type("Hello there, how are you this fine morning, and what is new?")
    talk.advance(.milliseconds(400))
    let before = talk.heard.count
    talk.type("/voices tone-7")
    talk.advance(.milliseconds(200))
    #expect(!talk.lines.contains { $0.hasPrefix("voice ") })
    talk.advance(.milliseconds(150))
    #expect(talk.lines.contains { $0.hasPrefix("voice 7") })
    talk.finish()
    #expect(talk.heard.count >= before)
    #expect(talk.reports.map(\.ending) == [.complete])
  }

  @Test func `a list that cannot be had is told by the line that needed it, and asked for again`() {
    var talk = talk(fails: true)
    talk.type(["/set voice=tone-2", "/voices", "/say One."])
    talk.finish()
    #expect(talk.lines.prefix(2) == ["error line 1: no list", "error line 2: no list"])
    #expect(talk.heard == VirtualTalk.tone("One."))
    #expect(talk.listings == 2)
  }

  @Test func `an interrupt does not wait for the list`() {
    var talk = talk(.prompt)
    talk.type(["/set voice=tone-2", "Not said."])
    talk.interrupt()
    talk.type("Said.")
    talk.finish()
    #expect(talk.reports.map(\.characters) == [5])
    #expect(talk.heard == VirtualTalk.tone("Said."))
  }

  @Test func `languages are named as the service names them`() throws {
    let tag = try SettingChange(.lang, .text("de-AT"), offer: .kugelAudio)
    #expect(tag.value == .text("de"))
    let other = try SettingChange(.lang, .text("xx-YY"), offer: .kugelAudio)
    #expect(other.value == .text("xx-YY"))
  }
}
