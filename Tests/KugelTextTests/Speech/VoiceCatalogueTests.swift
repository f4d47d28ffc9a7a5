import KugelText
import Testing

private let american = Voice(
  id: 11, name: "English (America)", languages: ["en", "en-us"], handle: "en-us")
private let british = Voice(
  id: 12, name: "English (Great Britain)", languages: ["en", "en-gb"], handle: "en")
private let german = Voice(id: 13, name: "German", languages: ["de"], handle: "de")
private let belgian = Voice(
  id: 15, name: "French (Belgium)", languages: ["fr", "fr-be"], handle: "fr-be")
private let french = Voice(id: 14, name: "French", languages: ["fr", "fr-fr"], handle: "fr")
private let denise = Voice(id: 16, name: "Denise", languages: ["fr"], handle: "denise")
private let desmond = Voice(id: 17, name: "desmond", languages: ["en"])
private let twin = Voice(id: 18, name: "Twin", languages: ["it"], handle: "twin-1")
private let otherTwin = Voice(id: 19, name: "Twin", languages: ["it"], handle: "twin-2")

private let catalogue = VoiceCatalogue([
  british, american, german, french, belgian, denise, desmond, twin, otherTwin,
])

@Test(arguments: [
  ("12", british), ("en-us", american), ("EN_US", american), ("German", german),
  ("gERMAN", german), ("de", german), ("en-gb", british), ("fr-FR", french), ("den", denise),
  ("english (a", american), ("desmond", desmond), ("twin-2", otherTwin), ("it", twin),
])
func `a voice is chosen by number, handle, name, tag or the start only it has`(
  text: String, voice: Voice
) {
  #expect(catalogue.find(VoiceReference(text)) == .found(voice))
}

@Test func `a start that several have names them in order`() {
  #expect(catalogue.find(.handle("eng")) == .ambiguous([british, american]))
  #expect(catalogue.find(.handle("french (")) == .found(belgian))
  #expect(catalogue.find(.handle("fren")) == .ambiguous([french, belgian]))
}

@Test func `a name that several bear is ambiguous`() {
  #expect(catalogue.find(.handle("twin")) == .ambiguous([twin, otherTwin]))
}

@Test func `an unknown voice names those that may have been meant`() {
  #expect(catalogue.find(.handle("germna")) == .unknown(nearest: [german]))
  #expect(catalogue.find(.handle("Frensh")) == .unknown(nearest: [french, belgian]))
  #expect(catalogue.find(.handle("zzzzzz")) == .unknown(nearest: []))
  #expect(catalogue.find(.handle("")) == .unknown(nearest: []))
  #expect(catalogue.find(.id(99)) == .unknown(nearest: []))
}

@Test func `a language is spoken by who has it in front, and a long tag is shortened`() {
  #expect(catalogue.voice(forLanguage: "de-AT") == german)
  #expect(catalogue.voice(forLanguage: "fr") == french)
  #expect(catalogue.voice(forLanguage: "fr_BE") == belgian)
  #expect(catalogue.voice(forLanguage: "en") == british)
  #expect(catalogue.voice(forLanguage: "ja") == nil)
  #expect(catalogue.voice(forLanguage: "") == nil)
}

@Test func `the preferred voice is taken whenever it speaks the language`() {
  #expect(catalogue.voice(forLanguage: "en", preferring: american.id) == american)
  #expect(catalogue.voice(forLanguage: "en-AU", preferring: american.id) == american)
  #expect(catalogue.voice(forLanguage: "en-GB", preferring: american.id) == british)
  #expect(catalogue.voice(forLanguage: "de", preferring: american.id) == german)
}

@Test(arguments: [
  ("en-gb", ["en", "en-us"], "en-gb"), ("en", ["en", "en-gb"], "en-gb"),
  (nil, ["pt", "pt-pt"], "pt-pt"),
  (nil, ["de"], "de"), ("de", ["en", "en-us"], "de"), ("EN_us", ["en", "en-gb"], "EN_us"),
  (nil, [], nil),
  ("fr", [], "fr"), ("pt", ["pt", "pt-br"], "pt-br"),
])
func `a text is read in the language asked for, with the voice's region`(
  asked: String?, languages: [String], expected: String?
) {
  #expect(Voice.language(asked: asked, spokenBy: languages) == expected)
}
