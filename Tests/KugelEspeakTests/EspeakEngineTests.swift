import CEspeak
import EngineTestSupport
import KugelEngine
import KugelText
import Synchronization
import Testing

@testable import KugelEspeak

private let espeak = EspeakEngine()
private let sentence = "The quick brown fox jumps over the lazy dog."

/// What is heard of samples: from the first to the last that is not zero.
private func sound(_ samples: [Int16]) -> ArraySlice<Int16> {
  guard let first = samples.firstIndex(where: { $0 != 0 }),
    let last = samples.lastIndex(where: { $0 != 0 })
  else { return [] }
  return samples[first...last]
}

/// The library keeps the phase of its oscillators from text to text, so the same text is never
/// quite the same twice; a word more or less is another matter.
private func isSame(_ one: [Int16], _ other: [Int16]) -> Bool {
  abs(one.count - other.count) * 16 <= max(one.count, other.count)
}

@Test func `a sentence has the length and loudness of speech`() throws {
  let samples = try espeak.speech(sentence).samples
  #expect(espeak.nativeRate == 22_050)
  #expect((2 * 22_050...4 * 22_050).contains(samples.count))
  #expect(samples.contains { abs(Int($0)) > 5_000 })
}

@Test func `nothing but signs that are not spoken delivers nothing`() throws {
  for text in [".", "...", " . ", "\u{200b}"] {
    #expect(try espeak.speech(text, words: true).pieces == [])
  }
}

@Test(arguments: [
  (
    "😀 Grüße, e\u{301}té und 3.14!\r\n\r\nZweite Zeile",
    ["😀", "Grüße", "e\u{301}té", "3.14", "Zweite", "Zeile"]
  ),
  (
    "Hello world. Good bye, friends: we don't know.",
    ["Hello", "world", "Good", "bye", "friends", "don't", "know"]
  ),
  ("In 1984 well-known things", ["1984", "well-known", "things"]),
  ("日本 🇩🇪 word after a flag", ["word", "after", "flag"]),
])
func `words are found behind any character`(text: String, expected: [String]) throws {
  let words = try espeak.speech(text, words: true).words
  let spoken = words.map(\.word)
  var rest = spoken[...]
  for word in expected {
    let place = try #require(rest.firstIndex(of: word), "\(word) in \(spoken)")
    rest = rest[(place + 1)...]
  }
  for word in words {
    #expect(word.word == slice(text, word.characterStart, word.characterEnd))
  }
}

@Test func `the last word ends with the sound, before the pause`() throws {
  let speech = try espeak.speech("Hello world.", words: true)
  let last = try #require(speech.words.last)
  let heard = try #require(speech.samples.lastIndex { $0 != 0 }) + 1
  #expect(last.word == "world")
  #expect(last.endMilliseconds == heard * 1_000 / 22_050)
  #expect(speech.samples.count - heard > 22_050 / 5)
}

@Test func `a text that stops in mid-sentence has no pause behind it`() throws {
  let samples = try espeak.speech("Hello world and").samples
  let heard = try #require(samples.lastIndex { $0 != 0 })
  #expect(samples.count - heard < 22_050 / 10)
}

@Test func `after an interruption the next text is whole`() throws {
  let whole = try espeak.speech(sentence, words: true)
  for limit in 1...4 {
    #expect(try espeak.speech("Something else entirely, long.", limit: limit).pieces.count == limit)
    let next = try espeak.speech(sentence, words: true)
    #expect(isSame(next.samples, whole.samples))
    #expect(next.words.map(\.characterStart) == whole.words.map(\.characterStart))
    #expect(next.words.first?.startMilliseconds == whole.words.first?.startMilliseconds)
  }
}

private final class Meeting: Sendable {
  let inside = Atomic(0)
  let overlaps = Atomic(0)
}

@Test func `texts spoken at the same time wait for each other`() async throws {
  let whole = try espeak.speech(sentence).samples
  let meeting = Meeting()
  try await withThrowingTaskGroup(of: Int.self) { group in
    for _ in 0..<8 {
      group.addTask {
        var count = 0
        let utterance = Utterance(text: sentence, voice: espeak.defaultVoice)
        try espeak.speak(utterance) { piece in
          if meeting.inside.add(1, ordering: .sequentiallyConsistent).newValue != 1 {
            meeting.overlaps.add(1, ordering: .sequentiallyConsistent)
          }
          if case .samples(let samples) = piece { count += samples.count }
          meeting.inside.subtract(1, ordering: .sequentiallyConsistent)
          return true
        }
        return count
      }
    }
    for try await count in group {
      #expect(abs(count - whole.count) * 50 <= whole.count)
    }
  }
  #expect(meeting.overlaps.load(ordering: .sequentiallyConsistent) == 0)
}

@Test func `half and double speed take about twice and half the time`() throws {
  let normal = Double(try espeak.speech(sentence).samples.count)
  let slow = Double(try espeak.speech(sentence, speed: 0.5).samples.count)
  let fast = Double(try espeak.speech(sentence, speed: 2).samples.count)
  #expect((1.7...2.4).contains(slow / normal))
  #expect((0.35...0.6).contains(fast / normal))
}

@Test func `pitch changes the sound and lasts for one text only`() throws {
  /// Crossings of zero: the higher the voice, the more.
  func crossings(_ pitch: Int) throws -> Int {
    let samples = try espeak.speech("mamamamama", pitch: pitch).samples
    return zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
  }
  let normal = try crossings(50)
  #expect(try crossings(100) != normal)
  let low = try espeak.speech("mamamamama", pitch: 0).samples
  let high = try espeak.speech("mamamamama", pitch: 100).samples
  #expect(period(low) > period(high))
  #expect(abs(period(try espeak.speech("mamamamama").samples) - period(low)) > 5)
}

/// Samples between two beats of the voice, by the peak of the autocorrelation in the middle.
private func period(_ samples: [Int16]) -> Int {
  let middle = samples[(samples.count / 3)..<(samples.count / 3 + 2_000)].map { Int($0) }
  let lags = 50..<500
  let strength = lags.map { lag in
    (0..<(middle.count - 500)).reduce(0) { $0 + middle[$1] * middle[$1 + lag] }
  }
  return lags.lowerBound + (strength.indices.max { strength[$0] < strength[$1] } ?? 0)
}

@Test func `phonemes in brackets are text, not sounds`() throws {
  let brackets = try espeak.speech("[[h@'loU]]", words: true)
  let plain = try espeak.speech("h@'loU", words: true)
  #expect(brackets.words.map(\.word) == plain.words.map(\.word))
  #expect(abs(sound(brackets.samples).count - sound(plain.samples).count) < 22_050 / 10)
}

@Test func `tags and entities are text, not markup`() throws {
  let tag = try espeak.speech("<break time=\"5s\"/>", words: true)
  #expect(tag.words.contains { $0.word == "break" })
  let silent = try espeak.speech("<emphasis>Hi</emphasis>", words: true).words.map(\.word)
  #expect(silent.contains("Hi") && silent.contains("emphasis"))
  #expect(try espeak.speech("fish &amp; chips", words: true).words.contains { $0.word == "amp" })
}

@Test func `digits of another script are spoken as numbers, where they stand`() throws {
  let words = try espeak.speech("room \u{9ea}\u{9e8} is free", words: true).words.map(\.word)
  #expect(words.contains("\u{9ea}\u{9e8}"))
}

@Test func `a command in a text changes nothing, now or later`() throws {
  let before = try espeak.speech(sentence).samples
  _ = try espeak.speech("Quiet \u{1}20S please \u{1}90P now")
  #expect(isSame(try espeak.speech(sentence).samples, before))
}

@Test func `a long text is spoken to its end`() throws {
  let text = (0..<400).map { "Line \($0) of many, with a comma." }.joined(separator: "\n")
  let words = try espeak.speech(text, words: true).words
  #expect(words.count { $0.word == "Line" } == 400)
  #expect(words.last?.word == "comma")
  #expect(words.last?.characterEnd == text.unicodeScalars.count - 1)
}

@Test func `a library without its data names the package to install`() {
  guard case .unavailable("espeak", let cause) = EspeakLibrary.refusal(of: espeak_ng_STATUS(2))
  else {
    Issue.record("not unavailable")
    return
  }
  #expect(cause.contains("espeak-ng-data"))
  #expect(cause.contains("No such file"))
}

@Test func `the library tells its version`() {
  #expect(EspeakEngine.libraryVersion.hasPrefix("1."))
}

// Not those where "99 100" is one number.
@Test(arguments: ["en-US", "de", "ru", "fi", "ka", "cmn"])
func `every number of a long list is spoken`(language: String) throws {
  let voice = try #require(espeak.voice(forLanguage: language)?.id)
  let list = (1...200).map { "\($0)" }
  for (separator, count) in [("\n", 200), (" ", 127), (", ", 127)] {
    let text = list.prefix(count).joined(separator: separator)
    let words = Heard(espeak, text, voice: voice)
    #expect(try words.starts().count == count)
  }
}

@Test(arguments: [
  ("en", "192.168.254.177 ", 40), ("de", "+49 89 1234567 ", 40), ("en", "1984 ", 250),
  ("zh", "中国人民", 200), ("ja", "こんにちは", 60), ("th", "สวัสดี", 60), ("en", "x1y2", 200),
  ("en", "a b ", 300), ("en", "😀", 80), ("en", "%$", 100), ("en", "7", 300), ("de", "3,14 € ", 80),
])
func `what is longer is spoken for longer`(language: String, unit: String, count: Int) throws {
  let voice = try #require(espeak.voice(forLanguage: language)?.id)
  func length(_ count: Int) throws -> Double {
    Double(try espeak.speech(String(repeating: unit, count: count), voice: voice).samples.count)
  }
  let part = try length(count / 10)
  #expect(try length(count) > 8 * part)
}

/// The words that the library itself says it spoke, none of them estimated.
private struct Heard {
  let engine: EspeakEngine
  let text: String
  let voice: Int

  init(_ engine: EspeakEngine, _ text: String, voice: Int) {
    (self.engine, self.text, self.voice) = (engine, text, voice)
  }

  /// Words with a sound: their times are not those of a share.
  func starts() throws -> Set<Int> {
    let words = try engine.speech(text, voice: voice, words: true).words
    return Set(
      words.filter { $0.endMilliseconds - $0.startMilliseconds > 100 }.map(\.characterStart))
  }
}

@Test(arguments: [
  ("in the evening", ["in", "the", "evening"]), ("hello.. world", ["hello", "world"]),
  ("fill in ____ please", ["fill", "in", "please"]),
  ("What is it of the", ["What", "is", "it", "of", "the"]),
  ("well - then", ["well", "then"]),
  ("He said Привет and left", ["He", "said", "Привет", "and", "left"]),
  ("e.g. this", ["e.g", "this"]), ("one ... two", ["one", "two"]),
  ("hello world. and more", ["hello", "world", "and", "more"]),
])
func `every word of a text has a time`(text: String, expected: [String]) throws {
  let speech = try espeak.speech(text, words: true)
  #expect(speech.words.map(\.word) == expected)
  let length = speech.samples.count * 1_000 / 22_050
  var last = 0
  for word in speech.words {
    #expect(word.word == slice(text, word.characterStart, word.characterEnd))
    #expect(word.startMilliseconds >= last && word.endMilliseconds > word.startMilliseconds)
    #expect(word.endMilliseconds <= length)
    last = word.endMilliseconds
  }
}

@Test func `words of another script are spoken by a voice of that script, not spelled`() throws {
  let russian = try #require(espeak.voice(forLanguage: "ru")?.id)
  let foreign = try espeak.speech("Привет, мир").samples
  #expect(isSame(foreign, try espeak.speech("Привет, мир", voice: russian).samples))
  #expect(try espeak.speech("བོད").pieces == [])
}
