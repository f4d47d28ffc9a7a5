import EngineTestSupport
import Glibc
import KugelEngine
import KugelEspeak
import KugelSystem
import KugelText
import Synchronization
import Testing

@testable import KugelPiper

/// With the library's phonemes and a stand-in for a model.
private func engine(_ scratch: Scratch) -> PiperEngine {
  PiperEngine(
    shelf: VoiceShelf(folders: [scratch.path]),
    models: PiperModels { (_) throws(EngineError) in StandIn() },
    phonemiser: EspeakPhonemiser(EngineSetup()))
}

@Suite struct PiperEngineTests {
  private let scratch = Scratch()

  @Test func `the better voice for a language comes first, and the rate is the voice's`() throws {
    for name in ["en_GB-alan-high", "en_US-x-low", "en_US-joe-medium", "de_DE-eva-x_low"] {
      try scratch.add(name)
    }
    try scratch.write("de_DE-eva-x_low.onnx.json", Array(description("de", rate: 22_050).utf8))
    let engine = engine(scratch)
    #expect(
      engine.voices.map(\.handle) == [
        "de_DE-eva-x_low", "en_US-joe-medium", "en_US-x-low", "en_GB-alan-high",
      ])
    let german = try #require(engine.voice(forLanguage: "de-AT"))
    #expect(german.handle == "de_DE-eva-x_low" && engine.rate(ofVoice: german.id) == 22_050)
    #expect(engine.rate(ofVoice: engine.defaultVoice) == 16_000)
    #expect(engine.voices[0].remark?.contains("licence not known") == true)
  }

  @Test func `a speaker is named by its name or number, and has a number of its own`() throws {
    try scratch.add("en_US-many-medium", TinyModel(speakers: 4))
    let engine = engine(scratch)
    guard case .found(let voice) = engine.find(.handle("en_us-many#P3")) else {
      Issue.record("not found")
      return
    }
    #expect(voice.handle == "en_US-many-medium#p3" && voice.id > PiperVoice.step)
    #expect(engine.find(.id(voice.id)) == .found(voice))
    #expect(engine.find(.handle("en_US-many-medium#3")) == .found(voice))
    guard case .unknown(let near) = engine.find(.handle("en_US-many-medium#p9")) else {
      Issue.record("found")
      return
    }
    #expect(near.contains { $0.handle == "en_US-many-medium#p1" })
    #expect(throws: EngineError.unknownVoice(voice.id + PiperVoice.step)) {
      try engine.speech("Hello.", voice: voice.id + PiperVoice.step)
    }
  }

  @Test func `a voice is named by its file`() throws {
    try scratch.add("some voice")
    let engine = PiperEngine(
      shelf: VoiceShelf(folders: []), models: PiperModels { (_) throws(EngineError) in StandIn() },
      phonemiser: EspeakPhonemiser(EngineSetup()))
    guard case .found(let voice) = engine.find(.handle(scratch.path + "/some voice.onnx")) else {
      Issue.record("not found")
      return
    }
    #expect(try !engine.speech("Hello.", voice: voice.id).samples.isEmpty)
    #expect(engine.languages(ofVoice: voice.id) == ["en", "en-us"])
  }

  @Test func `sounds between slashes are said as they are written`() throws {
    try scratch.add("en_US-joe-medium")
    let description = try PiperDescription(json: Array(description().utf8))
    let phonemiser = EspeakPhonemiser(EngineSetup())
    let reading = try PiperReading(
      "I say /təˈmɑːtəʊ/. Bye", wantsWords: true, description, phonemiser)
    let texts = reading.sentences.map {
      $0.phonemes.reduce(into: "") { $0.unicodeScalars.append($1) }
    }
    #expect(texts == ["aɪ sˈeɪ təˈmɑːtəʊ.", "bˈaɪ."])
    #expect(reading.sentences.flatMap(\.words).map(\.text).last == "Bye")
  }

  @Test func `sentences are apart, and signs shape them`() throws {
    let description = try PiperDescription(json: Array(description().utf8))
    let reading = try PiperReading(
      "Yes, it is. Is it? So... what!", wantsWords: false, description,
      EspeakPhonemiser(EngineSetup()))
    #expect(reading.sentences.map { $0.phonemes.last } == [".", "?", "!"])
    #expect(reading.sentences[0].phonemes.contains(","))
    #expect(reading.sentences[2].phonemes.contains(";"))
  }

  @Test func `nothing left over of another text is said`() throws {
    let phonemiser = EspeakPhonemiser(EngineSetup())
    let first = try phonemiser.phonemes(of: ["One. Two. Three."], voice: "en-us")
    _ = try? EspeakEngine().speech("Something that is stopped at once, and is long.", limit: 1)
    #expect(try phonemiser.phonemes(of: ["One. Two. Three."], voice: "en-us") == first)
    #expect(first[0].map(\.isLast) == [false, false, true] || first[0].last?.isLast == true)
  }

  @Test func `an end comes while the model runs`() throws {
    try scratch.add("en_US-joe-medium")
    let cancellation = Cancellation()
    let told = Mutex(0)
    let engine = engine(scratch)
    let utterance = Utterance(
      text: String(repeating: "Many words are said here. ", count: 20), voice: engine.defaultVoice)
    try engine.speak(utterance, until: cancellation) { _ in
      told.withLock { $0 += 1 }
      cancellation.cancel()
      return true
    }
    #expect(told.withLock(\.self) == 1)
  }

  @Test func `without a voice it is said how one is fetched`() {
    let engine = engine(scratch)
    do {
      _ = try engine.speech("Hello.")
      Issue.record("spoken")
    } catch let EngineError.unavailable(_, cause) {
      #expect(cause.contains("kugel voices"))
    } catch { Issue.record("\(error)") }
  }

  @Test func `a broken description says which file, and what to do`() throws {
    try scratch.write("en_US-a-medium.onnx", TinyModel().file)
    let engine = engine(scratch)
    for json in [nil, "{", #"{"audio": {"sample_rate": 16000}}"#] {
      if let json { try scratch.write("en_US-a-medium.onnx.json", Array(json.utf8)) }
      let fresh = json == nil ? engine : KugelPiperTests.engine(scratch, runtime: nil)
      do {
        _ = try fresh.speech("Hello.")
        Issue.record("spoken")
      } catch let EngineError.failed(_, cause) {
        #expect(cause.contains("en_US-a-medium.onnx.json") && cause.contains("kugel voices"))
      } catch { Issue.record("\(error)") }
    }
  }

  @Test func `an absent library is said with the line that installs it`() throws {
    try scratch.add("en_US-a-medium")
    let engine = KugelPiperTests.engine(scratch, runtime: scratch.path + "/none.so")
    do {
      _ = try engine.speech("Hello.")
      Issue.record("spoken")
    } catch let EngineError.unavailable(_, cause) {
      #expect(cause.contains("none.so") && cause.contains("install"))
    } catch { Issue.record("\(error)") }
    #expect(try engine.speech(" \n").pieces.isEmpty)
  }

  @Test func `something else than the library is told`() throws {
    try scratch.add("en_US-a-medium")
    try scratch.write("bad.so", Array("no library".utf8))
    for wrong in [scratch.path + "/bad.so", "libc.so.6"] {
      let engine = KugelPiperTests.engine(scratch, runtime: wrong)
      do {
        _ = try engine.speech("Hello.")
        Issue.record("spoken")
      } catch let EngineError.unavailable(_, cause) {
        #expect(cause.contains(wrong))
      } catch { Issue.record("\(error)") }
    }
  }
}
