import EngineTestSupport
import KugelEngine
import KugelText
import Testing

@testable import KugelEspeak

private let espeak = EspeakEngine()

@Test(arguments: [
  ("en-us", "həˈloʊ", "h@'loU"), ("en", "həˈləʊ", "h@'loU"), ("en", "ˈtʃɜːtʃ", "'tS3:tS"),
  ("en", "d͡ʒʌd͡ʒ", "dZVdZ"), ("en-us", "ˈlɛɾɚ", "'lE*3"), ("de", "ˈʃøːn", "'SY:n"),
  ("de", "ˈp͡feːɐt", "'pFe:3t"), ("fr", "bɔ̃ʒuʁ", "bO~Zur"), ("es", "ˈpero", "'peR2o"),
  ("es", "ˈpeɾo", "'pero"), ("it", "ˈɲɔkki", "'n^Okki"), ("pl", "ˈʂɨ", "'s;y"),
  ("sv", "ˈkʉːl", "'ku:l"), ("en", "həˈləʊ wɜːld", "h@'loU||w3:ld"), ("en", "ˈa˥ǃ", "'a"),
])
func `a sound is spelled in the phonemes of the voice`(
  handle: String, sound: String, expected: String
) {
  #expect(EspeakPhonemes(handle: handle).spelled(Array(sound.unicodeScalars)[...]) == expected)
}

private func sounding(_ samples: [Int16]) -> Int {
  guard let first = samples.firstIndex(where: { $0 != 0 }),
    let last = samples.lastIndex(where: { $0 != 0 })
  else { return 0 }
  return last - first
}

@Test(arguments: [
  ("en-us", "hello", "/həˈloʊ/"), ("en-us", "church", "/tʃˈɜːtʃ/"), ("de", "schön", "/ʃˈøːn/"),
  ("fr-fr", "bonjour", "/bɔ̃ʒˈuʁ/"), ("es", "niño", "/nˈiɲo/"),
])
func `a sound is said like the word that it is the sound of`(
  language: String, word: String, sound: String
) throws {
  let voice = try #require(espeak.voice(forLanguage: language)?.id)
  let written = sounding(try espeak.speech(word, voice: voice).samples)
  let said = sounding(try espeak.speech(sound, voice: voice).samples)
  #expect(abs(written - said) * 10 < written, "\(written) and \(said)")
}

@Test func `a sound is one word of the text, and what is around it is text`() throws {
  let text = "Say /həˈləʊ/, [[h@l]] or /usr/bin now"
  let words = try espeak.speech(text, words: true).words
  #expect(words.map(\.word).contains("həˈləʊ"))
  #expect(words.first?.word == "Say" && words.last?.word == "now")
  for word in words { #expect(word.word == slice(text, word.characterStart, word.characterEnd)) }
}

@Test func `phonemes stand in the place of the sound, wherever that is`() throws {
  let text = "a [[b]] /ʃ/. /θβ/"
  let piece = try #require(EspeakPieces.of(text, identifier: "gmw/en").first)
  var view = String.UnicodeScalarView()
  view.append(contentsOf: piece.scalars)
  #expect(String(view) == "a [ b]] [[S]]. [[TB]]")
  #expect(piece.hasPhonemes)
  #expect(piece.sources.first == 0 && piece.sources.last == 16)
  #expect(piece.sources == piece.sources.sorted())
  #expect(EspeakPieces.of("a [[b]]", identifier: "gmw/en").allSatisfy { !$0.hasPhonemes })
}

@Test(arguments: EspeakVoice.known.map(\.identifier) + ["gmq/sv", "bnt/sw", "jpx/ja", "zle/ru"])
func `each vowel is heard, in languages that have it and in others`(identifier: String) throws {
  let voice = EspeakVoice.number(for: identifier)
  for sound in [
    "ɑ", "ɛ", "ɪ", "ʊ", "ʌ", "ə", "ø", "œ", "y", "ɔ̃", "ɑ̃", "ɐ", "ɨ", "ɜː", "ɒ", "aɪ", "æ",
  ] {
    // Of a sound that the voice has not nothing would be heard.
    let said = sounding(try espeak.speech("/ˈm\(sound)mʃ/", voice: voice).samples)
    #expect(said > espeak.nativeRate / 6, "\(sound) in \(identifier)")
  }
}
