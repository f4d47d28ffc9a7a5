import EngineTestSupport
import KugelEngine
import KugelEngines
import KugelText
import Testing

private let engines = EngineRegistry.all.map(TestedEngines.open)
private let text = "Hello 🌍, this is a contract: two clauses, and one end."

@Suite("every engine") struct EngineContractTests {
  @Test func `is found by its name, which no other has`() {
    for entry in EngineRegistry.all {
      #expect(EngineRegistry.entry(named: entry.name)?.summary == entry.summary)
      #expect(TestedEngines.open(entry).name == entry.name)
    }
    #expect(Set(EngineRegistry.all.map(\.name)).count == EngineRegistry.all.count)
  }

  @Test(arguments: [(0, 1, 16), (1, 1, 16), (2, 2, 16), (7, 7, 28), (16, 16, 64)])
  func `is asked for as many texts at once as there are cores, and espeak for more`(
    cores: Int, texts: Int, ofEspeak: Int
  ) {
    for entry in EngineRegistry.all {
      #expect(entry.textsAtOnce(cores: cores) == (entry.name == "espeak" ? ofEspeak : texts))
    }
  }

  @Test func `can do what is said of it before it is opened`() throws {
    for entry in EngineRegistry.all {
      let engine = TestedEngines.open(entry)
      let said = entry.capabilities
      #expect(engine.speedRange.contains(said.speeds.lowerBound))
      #expect(engine.speedRange.contains(said.speeds.upperBound))
      if let pitches = said.pitches {
        #expect(engine.pitchRange.contains(Double(pitches.lowerBound)))
        #expect(engine.pitchRange.contains(Double(pitches.upperBound)))
      }
      #expect(try engine.speech(text, words: true).words.isEmpty == !said.timesWords)
      let german = engine.voice(forLanguage: "de")?.id
      #expect((german != engine.defaultVoice) == said.hasVoicesByLanguage)
    }
  }

  @Test(arguments: engines) func `has its default voice in a catalogue of distinct numbers`(
    engine: any SpeechEngine
  ) {
    #expect(engine.voices.contains { $0.id == engine.defaultVoice })
    #expect(Set(engine.voices.map(\.id)).count == engine.voices.count)
    #expect(Set(engine.voices.map(\.handle)).count == engine.voices.count)
    #expect(engine.voices.allSatisfy { !$0.languages.isEmpty && !$0.name.isEmpty })
  }

  @Test(arguments: engines) func `finds each of its voices by number and by handle`(
    engine: any SpeechEngine
  ) throws {
    for voice in engine.voices {
      #expect(engine.find(.id(voice.id)) == .found(voice))
      #expect(engine.find(.handle(try #require(voice.handle))) == .found(voice))
    }
  }

  @Test(arguments: engines) func `takes its default voice for a language it speaks`(
    engine: any SpeechEngine
  ) {
    #expect(engine.voice(forLanguage: "en")?.id == engine.defaultVoice)
    #expect(engine.voice(forLanguage: "tlh-x-none") == nil)
  }

  @Test(arguments: engines) func `delivers nothing for white space`(
    engine: any SpeechEngine
  ) throws {
    for blank in ["", " ", "\n\t \u{3000}\u{a0}"] {
      #expect(try engine.speech(blank, words: true).pieces == [])
    }
  }

  @Test(arguments: engines) func `delivers no empty piece`(engine: any SpeechEngine) throws {
    let speech = try engine.speech(text, words: true)
    #expect(!speech.samples.isEmpty)
    #expect(!speech.pieces.contains(.samples([])))
    #expect(!speech.pieces.contains(.words([])))
  }

  @Test(arguments: engines) func `gives words only when they are wanted`(
    engine: any SpeechEngine
  ) throws {
    #expect(try engine.speech(text).words == [])
    let timesWords = EngineRegistry.entry(named: engine.name)?.capabilities.timesWords ?? false
    #expect(try engine.speech(text, words: true).words.isEmpty == !timesWords)
  }

  @Test(arguments: engines) func `gives words in order, where they stand in the text`(
    engine: any SpeechEngine
  ) throws {
    let speech = try engine.speech(text, words: true)
    let length = speech.samples.count * 1_000 / engine.nativeRate
    var (offset, time) = (0, 0)
    for word in speech.words {
      #expect(word.word == slice(text, word.characterStart, word.characterEnd))
      #expect(word.characterStart >= offset && word.characterEnd > word.characterStart)
      #expect(word.startMilliseconds >= time && word.endMilliseconds >= word.startMilliseconds)
      (offset, time) = (word.characterEnd, word.endMilliseconds)
    }
    #expect(time <= length + 1)
  }

  @Test(arguments: engines) func `sends no word before its samples begin`(
    engine: any SpeechEngine
  ) throws {
    var sent = 0
    for piece in try engine.speech(text, words: true).pieces {
      switch piece {
      case .samples(let samples): sent += samples.count
      case .words(let words):
        #expect(words.allSatisfy { $0.startMilliseconds * engine.nativeRate <= sent * 1_000 })
      }
    }
  }

  @Test(arguments: engines, [1, 2, 5]) func `stops at once when no more is wanted`(
    engine: any SpeechEngine, limit: Int
  ) throws {
    #expect(try engine.speech(text, words: true, limit: limit).pieces.count == limit)
  }

  @Test(arguments: engines) func `speaks faster and slower within its range, and not beyond`(
    engine: any SpeechEngine
  ) throws {
    let slow = try engine.speech(text, speed: 0.8).samples.count
    let fast = try engine.speech(text, speed: 1.2).samples.count
    #expect(Double(fast) < 0.8 * Double(slow))
    for speed in [0.5, 2, engine.speedRange.lowerBound, engine.speedRange.upperBound] {
      #expect(try !engine.speech(text, speed: speed).samples.isEmpty)
    }
    for speed in [0, -1, 100, Double.nan, .infinity] {
      #expect(throws: EngineError.self) { try engine.speech(text, speed: speed) }
    }
    #expect(throws: EngineError.self) { try engine.speech(text, pitch: 101) }
  }

  @Test(arguments: engines) func `refuses a voice it does not have`(
    engine: any SpeechEngine
  ) {
    for voice in [-7, 0, 9_999, 5_000_000_123] {
      #expect(throws: EngineError.unknownVoice(voice)) { try engine.speech(text, voice: voice) }
    }
  }
}

@Test func `no engine has another name`() {
  #expect(EngineRegistry.entry(named: "kugel") == nil)
  #expect(EngineRegistry.entry(named: "") == nil)
}
