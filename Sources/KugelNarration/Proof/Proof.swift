import KugelText

/// Decides whether the sentences of a voice sounded as they should. It learns the voice's own pace and
/// habits while it goes.
///
/// Pure; one for each voice.
package struct Proof: Sendable {
  package private(set) var band: PaceBand
  /// Of takes, and of sentences within them by the two ways of looking.
  private var (takes, strict, wide) = (EndingHabit(), EndingHabit(), EndingHabit())
  /// The longest silences within sentences that nothing else was doubted about, in seconds.
  private var pauses: [Double] = []

  /// Seconds that may sound behind the last word that was told.
  private static let mostRest = 0.35

  package init(speed: Double) { band = PaceBand(speed: speed) }

  /// Seconds of silence within a sentence that no voice makes.
  private var longestPause = 2.5

  private mutating func learnPauses() {
    guard pauses.count >= PaceBand.apprenticeship, pauses.count % 8 == 0 else { return }
    longestPause = max(1.2, 2.5 * (pauses.sorted()[pauses.count * 49 / 50]))
  }

  /// - Parameters:
  ///   - sentences: of a take, as `TakeMeasure` finds them.
  ///   - sound: of the take.
  /// - Returns: for each sentence what is doubted about it.
  package func judge(
    _ sentences: [SentenceSound], sound: [Int16], rate: Int
  ) -> [[DoubtKind]] {
    var doubts = sentences.map { judge($0, sound: sound, rate: rate) }
    if let last = doubts.indices.last, takes.isQuiet(share: 0.8),
      SoundLevels.endsLoud(sound[...], rate: rate)
    {
      doubts[last].append(.cutOff)
    }
    // What this take tells of the voice counts too: a service that cuts each third sentence does so from the
    // first one on.
    let endings = InnerEndings(sentences, sound: sound, rate: rate)
    var (strict, wide) = (strict, wide)
    strict.add(endings.strict)
    wide.add(endings.wide)
    let (isExact, isQuiet) = (strict.isQuiet(share: 0.95), wide.isQuiet(share: 0.6))
    for (index, loud) in endings.loud.enumerated() {
      guard let loud, isExact && loud.strict || isQuiet && loud.wide else { continue }
      if doubts[index].isEmpty { doubts[index].append(.cutOff) }
    }
    return doubts
  }

  private func judge(_ sentence: SentenceSound, sound: [Int16], rate: Int) -> [DoubtKind] {
    guard sentence.letters > 0 else { return [] }
    if sentence.isMute || sentence.samples.isEmpty { return [.unspoken] }
    var doubts: [DoubtKind] = []
    if sentence.hasMuteWords {
      doubts.append(.incomplete)
    } else if let (tail, gap) = sentence.unspoken,
      isMuch(tail, of: sentence) || isMuch(gap, of: sentence)
    {
      doubts.append(.incomplete)
    }
    if isRepeated(sentence, sound, rate) { return doubts + [.repeated] }
    let seconds = Double(sentence.samples.count) / Double(max(rate, 1))
    if let doubt = band.doubt(
      weight: sentence.weight, light: sentence.light, seconds: seconds)
    {
      doubts.append(doubt)
    }
    if Double(silence(in: sentence, sound)) / Double(max(rate, 1)) > longestPause {
      doubts.append(.silence)
    }
    return doubts
  }

  /// Whether something sounds on behind the last of its words.
  private func isRepeated(_ sentence: SentenceSound, _ sound: [Int16], _ rate: Int) -> Bool {
    guard let end = sentence.spokenEnd, sentence.unspoken?.tail == 0 else { return false }
    let rest = sound[(end..<max(end, sentence.samples.upperBound)).clamped(to: 0..<sound.count)]
    return Double(SoundLevels.audibleLength(of: rest)) / Double(max(rate, 1)) > Self.mostRest
  }

  private func isMuch(_ letters: Int, of sentence: SentenceSound) -> Bool {
    letters > 12 && letters * 4 > sentence.letters
  }

  private func silence(in sentence: SentenceSound, _ sound: [Int16]) -> Int {
    SoundLevels.longestSilence(in: sound[sentence.samples.clamped(to: 0..<sound.count)])
  }

  /// Learns from a sentence of another run.
  package mutating func learn(_ sentence: PaceReview.Sentence) {
    guard sentence.light == sentence.weight else { return }
    band.learn(weight: Double(sentence.weight), seconds: Double(sentence.seconds))
  }

  /// Learns from a take that is kept.
  package mutating func learn(
    _ sentences: [SentenceSound], doubts: [[DoubtKind]], sound: [Int16], rate: Int
  ) {
    guard rate > 0 else { return }
    for (sentence, doubts) in zip(sentences, doubts) where doubts.isEmpty && sentence.letters > 0 {
      // How figures are read says nothing of the pace of words.
      if sentence.light == sentence.weight {
        band.learn(
          weight: sentence.weight, seconds: Double(sentence.samples.count) / Double(rate))
      }
      if pauses.count < 1000 {
        pauses.append(Double(silence(in: sentence, sound)) / Double(rate))
        learnPauses()
      }
    }
    guard !sound.isEmpty else { return }
    takes.add(isLoud: SoundLevels.endsLoud(sound[...], rate: rate))
    let endings = InnerEndings(sentences, sound: sound, rate: rate)
    strict.add(endings.strict)
    wide.add(endings.wide)
  }
}
