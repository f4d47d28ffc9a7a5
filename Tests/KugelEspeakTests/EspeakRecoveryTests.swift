import EngineTestSupport
import KugelEngine
import KugelText
import Synchronization
import Testing

@testable import KugelEspeak

/// Speaks a sample for every scalar, and breaks down at marked ones.
private final class FragileVoicing: EspeakVoicing {
  let rate = 1_000
  let said = Mutex<[String]>([])
  private let mark: Unicode.Scalar
  /// Words that are still spoken in a request that breaks down.
  private let wordsBefore: Int

  init(breaksAt mark: Unicode.Scalar, wordsBefore: Int = 0) {
    self.mark = mark
    self.wordsBefore = wordsBefore
  }

  func prepare() throws(EngineError) {}

  func speak(_ request: EspeakRequest, take: (EspeakSound) -> Bool) throws(EspeakFailure) {
    let text = String(decoding: request.text.dropLast(), as: UTF8.self)
    said.withLock { $0.append(text) }
    let scalars = Array(text.unicodeScalars)
    let breaks = scalars.contains(mark)
    var words = 0
    for word in scalars.split(whereSeparator: \.properties.isWhitespace) {
      if breaks, words == wordsBefore { break }
      words += 1
      let length = word.prefix { $0.isPartOfWord }.count
      let sound = EspeakSound(
        samples: word.map { Int16($0.value % 1_000 + 1) },
        words: [
          .init(offset: Int32(word.startIndex), length: Int32(length), milliseconds: 0)
        ])
      guard take(sound) else { return }
    }
    if breaks { throw .died(cause: "segmentation fault") }
  }
}

@Suite struct EspeakRecoveryTests {
  private func speak(
    _ text: String, _ voicing: FragileVoicing
  ) throws -> (speech: Speech, said: [String], warnings: [String]) {
    let warnings = Warnings()
    let engine = EspeakEngine(voicing: voicing) { warnings.add($0) }
    let speech = try engine.speech(text, words: true)
    return (speech, voicing.said.withLock(\.self), warnings.all)
  }

  private final class Warnings: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock(\.self) }
  }

  @Test func `a breakdown costs a sentence that is said again, and is told once`() throws {
    let outcome = try speak("One 🌍 two.", FragileVoicing(breaksAt: "🌍"))
    #expect(outcome.said == ["One 🌍 two.", "One   two."])
    #expect(outcome.speech.words.map(\.word) == ["One", "two"])
    #expect(outcome.speech.samples.count == 7)
    #expect(
      outcome.warnings == [
        "espeak-ng broke down (segmentation fault) at “One 🌍 two.”; it is said again without "
          + "foreign letters"
      ])
  }

  @Test func `what was heard before a breakdown is not said again, but for the last word`() throws {
    let outcome = try speak("One two 🌍 three.", FragileVoicing(breaksAt: "🌍", wordsBefore: 2))
    #expect(outcome.said == ["One two 🌍 three.", "two   three."])
    #expect(outcome.speech.samples.count == 6 + 3 + 6)
    #expect(outcome.speech.words.map(\.word) == ["One", "two", "three"])
  }

  @Test func `a word that nothing helps is left out with a warning, and the run goes on`() throws {
    let outcome = try speak("One two b$d four.", FragileVoicing(breaksAt: "$"))
    #expect(outcome.warnings.count == 2)
    #expect(outcome.warnings.last == "espeak-ng cannot say “b$d ”; it is left out")
    #expect(outcome.speech.samples.count == 6 + 5)
    #expect(outcome.speech.words.map(\.word) == ["One", "two", "b$d", "four"])
  }

  @Test func `a listener who wants no more is heard, whatever the library does`() throws {
    let engine = EspeakEngine(voicing: FragileVoicing(breaksAt: "🌍", wordsBefore: 2))
    let speech = try engine.speech("One two 🌍 three.", limit: 1)
    #expect(speech.pieces.count == 1)
  }
}
