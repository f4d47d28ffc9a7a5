import EngineTestSupport
import KugelText
import Testing

@testable import KugelEngine

private let tone = ToneEngine()

/// The docstring of `ToneEngine` in 64-bit arithmetic, word by word and sample by sample.
private func formula(_ text: String, voice: UInt64 = 1, speed: Double = 1) -> [Int16] {
  text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).flatMap { word in
    let all: UInt64 = 0xffff_ffff
    var seed: UInt64 = 2_166_136_261
    for byte in String(word).utf8 { seed = ((seed ^ UInt64(byte)) * 16_777_619) & all }
    if voice != 1 { seed ^= (voice * 2_654_435_761) & all }
    let size = Int((Double(960 + 240 * min(word.count, 40)) / speed + 0.5).rounded(.down))
    let period = Int(40 + seed % 160)
    return (0..<size).map { n in
      var x = (seed + UInt64(n)) & all
      x ^= x >> 16
      x = (x * 0x7feb_352d) & all
      x ^= x >> 15
      x = (x * 0x846c_a68b) & all
      x ^= x >> 16
      let triangle = abs(2 * (n % period) - period) * 12_000 / period - 6_000
      return Int16(triangle + 2 * Int(x >> 24) - 255)
    }
  }
}

private let texts = [
  "a", "Hello, world.", "  two\u{2003}words\n", "Grüße aus Köln 🌍", "e\u{301}té", "\u{1c}",
  String(repeating: "x", count: 39), String(repeating: "y", count: 400), "a a a a",
  "<break time=\"1s\"/> [[h@'loU]] \u{1}90P",
]

@Test(arguments: texts) func `a tone is what its formula says`(text: String) throws {
  for speed in [1, 0.8, 1.25, 2.5] {
    #expect(try tone.speech(text, speed: speed).samples == formula(text, speed: speed))
  }
  #expect(try tone.speech(text, voice: 7).samples == formula(text, voice: 7))
}

@Test func `the first samples of a word are these`() throws {
  let hello = try tone.speech("Hello").samples
  #expect(hello.count == 2_160)
  #expect(Array(hello.prefix(4)) == [5959, 5608, 4959, 4493])
}

@Test func `cutting a text between words changes no sample`() throws {
  let words = texts.flatMap { $0.split(separator: " ") }
  let whole = try tone.speech(words.joined(separator: " ")).samples
  for cut in 0...words.count {
    let front = try tone.speech(words[..<cut].joined(separator: " ")).samples
    let back = try tone.speech(words[cut...].joined(separator: "\n")).samples
    #expect(front + back == whole)
  }
}

@Test func `words and voices sound different, language and pitch do not matter`() throws {
  let plain = try tone.speech("word").samples
  #expect(try tone.speech("work").samples != plain)
  #expect(Set(try (1...20).map { try tone.speech("word", voice: $0).samples }).count == 20)
  var spoken: [Int16] = []
  try tone.speak(Utterance(text: "word", voice: 1, language: "de", pitch: 90)) { piece in
    if case .samples(let samples) = piece { spoken += samples }
    return true
  }
  #expect(spoken == plain)
}

@Test func `no two stretches of a long word are alike`() throws {
  let samples = try tone.speech(String(repeating: "m", count: 40)).samples
  var seen: Set<[Int16]> = []
  for start in 0..<(samples.count - 4) {
    #expect(seen.insert(Array(samples[start..<(start + 4)])).inserted)
  }
}

@Test func `tones come in pieces of a tenth of a second`() throws {
  let text = "one two three four five six seven"
  let sizes = try tone.speech(text).pieces.map { piece in
    if case .samples(let samples) = piece { samples.count } else { 0 }
  }
  #expect(sizes.dropLast().allSatisfy { $0 == 2_400 })
  #expect((1...2_400).contains(try #require(sizes.last)))
  #expect(sizes.reduce(0, +) == formula(text).count)
}

@Test func `word times of tones are exact`() throws {
  let expected = [
    WordTime(
      word: "Hello", startMilliseconds: 0, endMilliseconds: 90, characterStart: 1,
      characterEnd: 6),
    WordTime(
      word: "🌍", startMilliseconds: 90, endMilliseconds: 140, characterStart: 7, characterEnd: 8),
    WordTime(
      word: "e\u{301}té.", startMilliseconds: 140, endMilliseconds: 230, characterStart: 9,
      characterEnd: 14),
  ]
  #expect(try tone.speech(" Hello 🌍\ne\u{301}té. ", words: true).words == expected)
}
