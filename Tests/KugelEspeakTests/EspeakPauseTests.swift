import EngineTestSupport
import KugelEngine
import KugelText
import Testing

@testable import KugelEspeak

private let espeak = EspeakEngine()

/// Seconds of a text that comes in pieces.
private func length(_ pieces: [String], speed: Double = 1) throws -> Double {
  Double(try pieces.reduce(0) { try $0 + espeak.speech($1, speed: speed).samples.count })
    / Double(espeak.nativeRate)
}

/// What the program `espeak-ng` makes of a text: the library is given all of it at once.
private func whole(_ text: String, speed: Double = 1) throws -> Double {
  try length([text], speed: speed)
}

@Test(
  arguments: [
    ["Chapter One\n\n", "It was night."], ["It was night.", "\n\nIt rained."],
    ["It was night.\n\n", "It rained."], ["It was night.", "It rained."],
    ["Was it night?", "\n\nIt rained."], ["Once upon a time,", "there was a king."],
    ["Bread.", "Butter.", "\n\nMilk."], ["One; two.", "Three: four.\n\n", "Five."],
  ], [0.8, 1])
func `a text in pieces has the pauses that it has as a whole`(
  pieces: [String], speed: Double
) throws {
  let text = pieces.joined(separator: " ")
  // The same text is never quite the same twice, least of all between texts at other rates.
  var tries: [(found: Double, expected: Double)] = []
  for _ in 0..<3 {
    let one = (
      found: try length(pieces, speed: speed), expected: try whole(text, speed: speed)
    )
    tries.append(one)
    if one.found > one.expected * 0.97 - 0.02, one.found < one.expected * 1.06 + 0.08 { return }
  }
  Issue.record("\(tries)")
}

@Test func `a paragraph's pause is longer than a sentence's, and that longer than a clause's`()
  throws
{
  let lengths = try ["One, ", "One.", "One\n\n"].map { try length([$0, "two."]) }
  #expect(lengths == lengths.sorted())
  #expect(lengths[1] - lengths[0] > 0.1 && lengths[2] - lengths[1] > 0.1)
}

@Test func `a pause of another length stands in the place of the engine's own`() throws {
  var utterance = Utterance(text: "It was night.\n\n", voice: espeak.defaultVoice)
  utterance.pausesAtEnd = false
  var samples: [Int16] = []
  try espeak.speak(utterance) { piece in
    if case .samples(let more) = piece { samples += more }
    return true
  }
  let heard = try #require(samples.lastIndex { $0 != 0 })
  #expect(samples.count - heard < espeak.nativeRate / 10)
}

@Test func `words behind a blank line begin behind its pause`() throws {
  let plain = try espeak.speech("It rained.", words: true).words
  let behind = try espeak.speech("\n\nIt rained.", words: true).words
  #expect(behind.map(\.characterStart) == [2, 5])
  let pause = EspeakPause.paragraph(wordsPerMinute: 175)
  for (one, other) in zip(plain, behind) {
    #expect(abs(other.startMilliseconds - one.startMilliseconds - pause) < 80)
  }
}

@Test(arguments: [(175, 264), (80, 775), (450, 42), (187, 236), (20, 775), (900, 42)])
func `what is owed of a paragraph's pause follows the rate`(rate: Int, milliseconds: Int) {
  #expect(abs(EspeakPause.paragraph(wordsPerMinute: rate) - milliseconds) <= 2)
}
