import KugelEngine
import KugelServiceCore
import KugelText
import KugelWire
import Testing

@testable import KugelService

/// Speaks each scalar as one sample of its value, and each word with a time; fails on demand.
struct ScriptedEngine: SpeechEngine {
  let name = "scripted"
  var nativeRate = 1000
  let voices = [Voice(id: 1, name: "one", languages: ["en"])]
  let defaultVoice = 1
  let speedRange = 0.5...2.0
  let pitchRange = 0.0...100.0
  var failure: EngineError?
  /// Whether only its sound tells the rate.
  var tellsLate = false

  func knownRate(ofVoice number: Int) -> Int? { tellsLate ? nil : nativeRate }

  func speak(_ utterance: Utterance, deliver: (SpokenPiece) -> Bool) throws(EngineError) {
    if let failure { throw failure }
    if !utterance.pausesAtEnd { _ = deliver(.samples([-1])) }
    let samples = utterance.text.unicodeScalars.map { Int16($0.value & 0x7FFF) }
    if utterance.wantsWordTimes {
      _ = deliver(
        .words([
          WordTime(
            word: utterance.text, startMilliseconds: 0, endMilliseconds: samples.count,
            characterStart: 0, characterEnd: samples.count)
        ]))
    }
    for sample in samples where !deliver(.samples([sample])) { return }
  }
}

@Suite struct PerformanceTests {
  private func perform(
    _ text: String, engine: ScriptedEngine = ScriptedEngine(), rate: Int = 1000,
    words: Bool = false,
    spoken: SourcedText? = nil, breaks: BreakLengths = .snapped
  ) -> (samples: [Int16], pieces: [Int], words: [WordTime], end: EngineNews) {
    var result: (samples: [Int16], pieces: [Int], words: [WordTime]) = ([], [], [])
    var performance = Performance(
      job: SynthesisJob(
        id: 0, chunk: 0, utterance: Utterance(text: text, voice: 1, wantsWordTimes: words),
        spoken: spoken, breaks: breaks, rate: rate), engine: engine)
    let end = performance.run { news in
      switch news {
      case .samples(let more):
        result.samples += more
        result.pieces.append(more.count)
      case .words(let more): result.words += more
      case .started, .finished, .failed: break
      }
      return true
    }
    return (result.samples, result.pieces, result.words, end)
  }

  @Test func `every sample of the engine is delivered once, in growing pieces`() {
    let text = String(repeating: "abcdefghij", count: 100)
    let result = perform(text)
    #expect(result.samples == text.unicodeScalars.map { Int16($0.value) })
    #expect(result.pieces.first == 1)
    #expect(result.pieces.dropLast() == result.pieces.dropLast().sorted()[...])
    #expect(result.pieces.allSatisfy { $0 <= 200 })
    #expect(result.end == .finished)
  }

  @Test func `a break is silence between what is spoken around it`() {
    let result = perform("ab <break time=\"400ms\"/> cd")
    #expect(result.samples.count == 2 + 400 + 2)
    #expect(result.samples[2..<402].allSatisfy { $0 == 0 })
  }

  @Test func `words behind a break are placed in the time and the text of the whole chunk`() {
    let result = perform("ab <break time=\"200ms\"/> cd", words: true)
    #expect(result.words.map(\.startMilliseconds) == [0, 202])
    #expect(result.words.map(\.characterStart) == [0, 25])
    #expect(result.words.map(\.characterEnd) == [2, 27])
  }

  @Test func `a break that is exact stands in the place of the engine's own pause`() {
    func length(_ time: String) -> Int {
      perform("ab.<break time=\"\(time)\"/> cd", breaks: .exact(most: 10_000)).samples.count
    }
    // One sample more where the engine is told to leave its pause out.
    #expect(length("100ms") == 1 + 3 + 100 + 2)
    #expect(length("3s") - length("100ms") == 2900)
    #expect(length("60s") == 1 + 3 + 10_000 + 2)
    #expect(perform("ab.<break time=\"400ms\"/> cd").samples.count == 3 + 400 + 2)
    #expect(perform("ab.", breaks: .exact(most: 10_000)).samples.count == 3)
  }

  @Test func `what an engine makes at once is cut into pieces that are not too long`() {
    var collector = PieceCollector(largest: 100)
    collector.add(Array(0..<250))
    var pieces: [Int] = []
    while let piece = collector.ready() { pieces.append(piece.count) }
    pieces.append(collector.rest()?.count ?? 0)
    #expect(pieces == [100, 100, 50])
  }

  @Test func `a long pause can be stopped after a piece of it`() {
    var performance = Performance(
      job: SynthesisJob(
        id: 0, chunk: 0, utterance: Utterance(text: "<break time=\"10s\"/>", voice: 1),
        breaks: .exact(most: 10_000), rate: 1000), engine: ScriptedEngine())
    var heard = 0
    _ = performance.run { news in
      if case .samples(let samples) = news { heard += samples.count }
      return false
    }
    #expect(heard == 200)
  }

  @Test func `words of what is said otherwise than written are placed in the text as written`() {
    let written = SourcedText("a $5 <break/> b")
    let spoken = written.replacing(2..<4, with: "five dollars")
    let result = perform("a $5 <break/> b", words: true, spoken: spoken)
    #expect(result.words.map(\.word) == ["a five dollars", "b"])
    #expect(result.words.map(\.characterStart) == [0, 14])
    #expect(result.words.map(\.characterEnd) == [4, 15])
  }

  @Test func `blank lines are for the engine`() {
    let text = SourcedText("ab.").withBlankLines(before: true, behind: true)
    #expect(perform("ab.", spoken: text).samples == [10, 10, 97, 98, 46, 10, 10])
  }

  @Test func `another rate changes the number of samples exactly`() {
    let result = perform(String(repeating: "a", count: 500), rate: 2000)
    #expect(result.samples.count == 1000)
  }

  @Test func `an engine's failure is told as the service's`() {
    let engine = ScriptedEngine(failure: .failed(engine: "scripted", cause: "no data"))
    let failure = ServiceError("scripted: no data", name: "INTERNAL_ERROR", code: 500)
    #expect(perform("a", engine: engine).end == .failed(failure))
  }

  @Test(arguments: ["abcdefghij", "<break time=\"200ms\"/> abcdefghij"])
  func `a rate that only the sound tells gives the same sound and times`(text: String) {
    for rate in [1_000, 2_000] {
      let early = perform(text, rate: rate, words: true)
      let late = perform(text, engine: ScriptedEngine(tellsLate: true), rate: rate, words: true)
      #expect(late.words == early.words && late.end == .finished)
      #expect(abs(late.samples.count - early.samples.count) <= rate / 100)
      #expect(late.samples.contains { $0 != 0 })
    }
  }
}
