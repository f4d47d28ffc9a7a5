import KugelScreenplay
import KugelText
import KugelWire
import Testing

@testable import KugelJobs

/// With engines of this program alone.
@Suite struct ScriptCastTests {
  private func cast(_ change: (inout ScriptRequest) -> Void = { _ in }) -> ScriptCast {
    var request = ScriptRequest(path: nil)
    request.engine = .tone
    change(&request)
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    return ScriptCast(request, items: [], host: host)
  }

  private func traits(_ values: KeyValuePairs<SettingKey, SettingValue>) -> VoiceTraits {
    var traits = VoiceTraits()
    for (key, value) in values { traits[key] = value }
    return traits
  }

  @Test(arguments: [
    (VoiceDeclaration.Choice.named(.id(3), engine: nil), 3),
    (.named(.handle("tone-4"), engine: "tone"), 4),
    (.named(nil, engine: nil), 1),
    (.automatic, 1),
  ])
  func `a declaration finds its voice`(choice: VoiceDeclaration.Choice, number: Int) throws {
    let voice = try cast().voice(VoiceDeclaration(name: "anna", choice: choice), VoiceTraits())
    #expect(voice.service == "tone")
    #expect(voice.settings.voice == .id(number))
  }

  @Test func `names without a voice get one each, and keep it`() throws {
    let cast = cast()
    let voices = try ["anna", "bob", "anna"].map { name in
      try cast.voice(VoiceDeclaration(name: name, choice: .automatic), VoiceTraits()).settings.voice
    }
    #expect(voices == [.id(1), .id(2), .id(1)])
  }

  @Test func `the voice of the command line is of the engine that was named there alone`() throws {
    let cast = cast { $0.voice = .id(7) }
    let own = VoiceDeclaration(name: "anna", choice: .named(nil, engine: nil))
    #expect(try cast.voice(own, VoiceTraits()).settings.voice == .id(7))
    let other = VoiceDeclaration(name: "bob", choice: .named(.id(7), engine: "espeak"))
    #expect(cast.engine(of: other) == .espeak)
  }

  @Test func `a voice that nobody knows is told with who is near`() throws {
    let unknown = VoiceDeclaration(name: "anna", choice: .named(.handle("tome-4"), engine: nil))
    let error = #expect(throws: UserError.self) { try cast().voice(unknown, VoiceTraits()) }
    #expect(error?.text.contains("tone-4") == true)
  }

  @Test func `the pace is the voice's own, or that of the command line`() throws {
    let anna = VoiceDeclaration(name: "anna", choice: .named(.id(1), engine: nil))
    let cast = cast { $0.pace = SpeakingPace(rate: nil, speed: 1.5) }
    #expect(try cast.voice(anna, VoiceTraits()).settings.speed == 1.5)
    #expect(try cast.voice(anna, traits([.speed: .number(0.5)])).settings.speed == 0.5)
    #expect(try cast.voice(anna, traits([.rate: .number(350)])).settings.speed == 2)
    #expect(throws: UserError.self) { try cast.check(anna, traits([.speed: .number(9)])) }
  }

  @Test
  func `a setting that the engine does not take is refused, and what the mix does is not sent`()
    throws
  {
    let anna = VoiceDeclaration(name: "anna", choice: .named(.id(1), engine: nil))
    let error = #expect(throws: UserError.self) {
      try cast().check(anna, traits([.stability: .number(0.5)]))
    }
    #expect(error?.status == .badInput)
    #expect(error?.message.contains("stability means nothing to tone") == true)
    let settings = try cast().voice(anna, traits([.volume: .number(-6), .pan: .number(1)])).settings
    #expect(settings == (try cast().voice(anna, VoiceTraits()).settings))
  }

  @Test func `once a voice says its language, every voice does`() throws {
    let cast = cast()
    let anna = VoiceDeclaration(name: "anna", choice: .named(.id(1), engine: nil))
    #expect(try cast.voice(anna, VoiceTraits()).settings.language == nil)
    #expect(try cast.voice(anna, traits([.lang: .text("de")])).settings.language == "de")
    #expect(try cast.voice(anna, VoiceTraits()).settings.language == "en")
  }
}
