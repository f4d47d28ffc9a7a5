import EngineTestSupport
import KugelEngine
import KugelText
import Testing

@testable import KugelEspeak

private let espeak = EspeakEngine()

@Test func `a voice keeps its number for ever`() {
  let numbers = [
    "en-us": 130_185, "en": 288_970, "de": 11_778, "fr": 671_041, "es": 27_065, "it": 956_160,
    "pt": 240_801, "nl": 437_159, "pl": 507_945, "pt-br": 770_416, "cmn": 890_185, "ja": 449_348,
    "ru": 748_160,
  ]
  for (handle, number) in numbers {
    #expect(espeak.voices.first { $0.handle == handle }?.id == number, "\(handle)")
  }
}

@Test func `every voice number lies in its range and depends on nothing but the voice`() {
  #expect(espeak.voices.count > 100)
  #expect(espeak.voices.allSatisfy { (10_000...999_999).contains($0.id) })
  for voice in EspeakLibrary.shared.voices {
    #expect(voice.id == EspeakVoice.number(for: voice.identifier))
  }
}

@Test func `voices whose numbers meet take the next free one in order of their identifiers`() {
  let numbers = EspeakVoice.numbers(for: ["b/xx", "a/xx", "c/yy"])
  let number = EspeakVoice.number(for: "a/xx")
  #expect(numbers["a/xx"] == number)
  #expect(numbers["b/xx"] == number + 1)
  #expect(numbers["c/yy"] == EspeakVoice.number(for: "yy"))
}

@Test func `the voices known by heart are as the library lists them`() {
  for known in EspeakVoice.known {
    #expect(EspeakLibrary.shared.voices.contains(known))
  }
}

@Test(arguments: [
  ("en", "en-us"), ("en-GB", "en"), ("de", "de"), ("de-AT", "de"), ("fr", "fr"), ("fr-CA", "fr"),
  ("fr-BE", "fr-be"), ("es", "es"), ("es-MX", "es-419"), ("pt", "pt"), ("pt-BR", "pt-br"),
  ("zh", "cmn"), ("yue", "yue"), ("no", "nb"), ("ru", "ru"), ("fa", "fa"), ("vi", "vi"),
])
func `a language is spoken by its usual voice`(tag: String, handle: String) {
  #expect(espeak.voice(forLanguage: tag)?.handle == handle)
}

@Test func `languages begin with the short code of the voice's own`() throws {
  func languages(_ handle: String) -> [String]? {
    espeak.voices.first { $0.handle == handle }?.languages
  }
  #expect(languages("en-us") == ["en", "en-us"])
  #expect(languages("en") == ["en", "en-gb"])
  #expect(languages("de") == ["de"])
  #expect(languages("fr-be") == ["fr", "fr-be"])
  #expect(languages("cmn") == ["zh", "cmn", "zh-cmn"])
  #expect(languages("yue") == ["yue", "zh-yue", "zh"])
}

@Test func `a voice takes a variant behind a plus sign, and the pair has a number`() throws {
  let german = try #require(espeak.voice(forLanguage: "de"))
  guard case .found(let voice) = espeak.find(.handle("German+F3")) else {
    Issue.record("de+f3 is not found")
    return
  }
  #expect(voice.handle == "de+f3")
  #expect(voice.languages == ["de"])
  #expect(voice.sex == .female)
  #expect(voice.id % 1_000_000 == german.id)
  #expect(espeak.find(.id(voice.id)) == .found(voice))
  let plain = try espeak.speech("Guten Tag", voice: german.id).samples
  let varied = try espeak.speech("Guten Tag", voice: voice.id).samples
  #expect(!plain.isEmpty && !varied.isEmpty && plain.count != varied.count)
}

@Test func `every variant has a number of its own`() {
  let numbers = EspeakLibrary.shared.variants.map(\.number)
  #expect(numbers.count > 50)
  #expect(Set(numbers).count == numbers.count)
}

@Test func `an unknown variant names those that may have been meant`() {
  guard case .unknown(let nearest) = espeak.find(.handle("de+wisper")) else {
    Issue.record("de+wisper is somebody")
    return
  }
  #expect(nearest.first?.handle == "de+whisper")
  #expect(espeak.find(.handle("nobody+f3")) == .unknown(nearest: []))
}
