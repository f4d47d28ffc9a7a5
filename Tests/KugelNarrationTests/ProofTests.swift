import KugelNarration
import KugelReading
import KugelText
import Testing

/// A voice that takes 60 ms a letter and 200 ms of silence behind each sentence, at 1000 Hz.
private struct Voice {
  static let rate = 1000
  var words: [SoundTimeline.Span] = []
  var sound: [Int16] = []

  mutating func speak(_ sentence: Range<Int>, in text: SourcedText, words count: Int = .max) {
    var start = sentence.lowerBound
    var told = 0
    while start < sentence.upperBound, told < count {
      var end = start
      while end < sentence.upperBound, !text.scalars[end].isWhite { end += 1 }
      if text.scalars[start..<end].contains(where: \.isSpeakable) {
        let samples = sound.count..<sound.count + 60 * (end - start)
        words.append(SoundTimeline.Span(text: start..<end, samples: samples))
        sound += [Int16](repeating: 5000, count: samples.count)
        told += 1
      }
      start = end + 1
    }
    sound += [Int16](repeating: 0, count: 200)
  }
}

private let text = said(
  "The first sentence is here. Here is another one that is a bit longer. And the third, which ends."
)
private let take = text.takes(Take.Rules(limit: 4000, singly: false), language: "en")[0]

private func judge(_ voice: Voice, _ proof: Proof = learned) -> [[DoubtKind]] {
  let sentences = TakeMeasure.sentences(
    of: take, in: text, words: voice.words, count: voice.sound.count)
  return proof.judge(sentences, sound: voice.sound, rate: Voice.rate)
}

/// A proof that has heard the voice for a while.
private let learned: Proof = {
  var proof = Proof(speed: 1)
  for _ in 0..<40 {
    var voice = Voice()
    for sentence in take.sentences { voice.speak(sentence, in: text) }
    let sentences = TakeMeasure.sentences(
      of: take, in: text, words: voice.words, count: voice.sound.count)
    let doubts = proof.judge(sentences, sound: voice.sound, rate: Voice.rate)
    proof.learn(sentences, doubts: doubts, sound: voice.sound, rate: Voice.rate)
  }
  return proof
}()

@Suite struct ProofTests {
  private func spoken(_ change: (inout Voice, Int, Range<Int>) -> Void) -> Voice {
    var voice = Voice()
    for (index, sentence) in take.sentences.enumerated() { change(&voice, index, sentence) }
    return voice
  }

  @Test func `what was spoken is not doubted`() {
    let voice = spoken { $0.speak($2, in: text) }
    #expect(judge(voice) == [[], [], []])
    #expect(judge(voice, Proof(speed: 1)) == [[], [], []])
  }

  @Test(arguments: 0..<3)
  func `a sentence that was left out is found`(lost: Int) {
    let voice = spoken { if $1 != lost { $0.speak($2, in: text) } }
    for proof in [learned, Proof(speed: 1)] {
      let doubts = judge(voice, proof)
      #expect(doubts[lost] == [.unspoken])
      #expect(doubts.enumerated().allSatisfy { $0.offset == lost || $0.element.isEmpty })
    }
  }

  @Test(arguments: 0..<3)
  func `a sentence that was cut is found`(cut: Int) {
    let voice = spoken { $0.speak($2, in: text, words: $1 == cut ? 2 : .max) }
    #expect(judge(voice)[cut].contains(.incomplete))
    let others = judge(voice).enumerated().filter { $0.offset != cut }
    #expect(others.allSatisfy { $0.element.isEmpty })
  }

  @Test(arguments: 0..<3)
  func `a sentence that was said twice is found`(twice: Int) {
    let voice = spoken { voice, index, sentence in
      voice.speak(sentence, in: text)
      if index == twice { voice.speak(sentence, in: text) }
    }
    #expect(judge(voice)[twice].contains(.tooLong))
  }

  @Test func `words that were told and did not sound are found, however few`() {
    let voice = spoken { $0.speak($2, in: text) }
    let lost = take.sentences[1].upperBound - 5..<take.sentences[1].upperBound - 2
    let sentences = TakeMeasure.sentences(
      of: take, in: text, words: voice.words, mute: [lost], count: voice.sound.count)
    let doubts = learned.judge(sentences, sound: voice.sound, rate: Voice.rate)
    #expect(doubts == [[], [.incomplete], []])
  }

  @Test(arguments: [(300, false), (400, true)])
  func `what sounds on behind the last word was said twice`(count: Int, isFound: Bool) {
    let voice = spoken { voice, index, sentence in
      voice.speak(sentence, in: text)
      guard index == 1 else { return }
      voice.sound.removeLast(200)
      voice.sound += [Int16](repeating: 5000, count: count) + [Int16](repeating: 0, count: 200)
    }
    #expect(judge(voice) == [[], isFound ? [.repeated] : [], []])
  }

  @Test func `a silence inside and a cut end are found`() {
    var voice = Voice()
    voice.speak(take.sentences[0], in: text)
    let middle = voice.sound.count / 2
    voice.sound.insert(contentsOf: [Int16](repeating: 0, count: 1500), at: middle)
    for index in voice.words.indices where voice.words[index].samples.lowerBound > middle {
      let range = voice.words[index].samples
      voice.words[index].samples = range.lowerBound + 1500..<range.upperBound + 1500
    }
    for sentence in take.sentences.dropFirst() { voice.speak(sentence, in: text) }
    #expect(judge(voice)[0].contains(.silence))
    var cut = spoken { $0.speak($2, in: text) }
    cut.sound.removeLast(220)
    #expect(judge(cut)[2] == [.cutOff])
  }

  @Test(arguments: [(0, 2), (1, 4), (0, 5)])
  func `a sentence that ends in the middle of its sound is found, from the first take on`(
    cut: Int, nth: Int
  ) {
    // Each nth one ends as its last word does, and the next one follows at once.
    let text = said((0..<60).map { "This one is of number \($0 % 7)." }.joined(separator: " "))
    let take = text.takes(Take.Rules(limit: 4000, singly: false), language: "en")[0]
    var voice = Voice()
    for (index, sentence) in take.sentences.enumerated() {
      voice.speak(sentence, in: text)
      if index % nth == cut { voice.sound.removeLast(210) }
    }
    let sentences = TakeMeasure.sentences(
      of: take, in: text, words: voice.words, count: voice.sound.count)
    let doubts = Proof(speed: 1).judge(sentences, sound: voice.sound, rate: Voice.rate)
    for (index, doubts) in doubts.enumerated() where nth > 2 {
      #expect(doubts == (index % nth == cut ? [.cutOff] : []))
    }
    // Who cuts each second one may as well be a voice that makes no pauses.
    if nth == 2 { #expect(doubts.joined().isEmpty) }
  }

  @Test func `without word times a sentence's time tells`() {
    let take = Take(range: take.sentences[1], sentences: [take.sentences[1]])
    func doubts(_ samples: Int) -> [DoubtKind] {
      let sound = [Int16](repeating: 3000, count: samples)
      let sentences = TakeMeasure.sentences(of: take, in: text, words: [], count: samples)
      return learned.judge(sentences, sound: sound + [Int16](repeating: 0, count: 100), rate: 1000)[
        0]
    }
    let usual = take.range.count * 60
    #expect(doubts(usual) == [])
    #expect(doubts(0) == [.unspoken])
    #expect(doubts(usual / 2) == [.tooShort])
    #expect(doubts(usual * 2) == [.tooLong])
  }

  @Test func `a voice that never ends in silence is not cut`() {
    var proof = Proof(speed: 1)
    let sound = [Int16](repeating: 8000, count: 3000)
    let sentences = TakeMeasure.sentences(of: take, in: text, words: [], count: sound.count)
    for _ in 0..<40 {
      proof.learn(sentences, doubts: [[], [], []], sound: sound, rate: Voice.rate)
    }
    #expect(
      proof.judge(sentences, sound: sound, rate: Voice.rate).allSatisfy { !$0.contains(.cutOff) })
  }
}
