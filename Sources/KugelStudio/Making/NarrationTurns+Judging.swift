import KugelAudio
import KugelJobs
import KugelNarration
import KugelSession

// What becomes of a take that was spoken.
extension NarrationTurns {
  func judge(at now: ContinuousClock.Instant) {
    guard let maker else { return }
    let take = maker.task.takes[index]
    let sound = tape.take()
    let isLate = take.slot.map { overruns($0, sound) } ?? false
    if isLate, hurry(take, sound) { return }
    let spans = placed(take, count: sound.samples.count)
    let sentences = TakeMeasure.sentences(
      of: take, in: maker.task.item.said, words: spans, count: sound.samples.count)
    var doubts = desk.judge(
      sentences, sound: sound, voice: voiceKey, speed: maker.task.speech.speed * haste)
    listen(to: sentences, sound, &doubts)
    if isLate, let last = doubts.indices.last { doubts[last].append(.overrun) }
    let attempt = Attempt(sound: sound, words: spans, sentences: sentences, doubts: doubts)
    if best.map({ attempt.weight < $0.weight }) ?? true { best = attempt }
    guard let kept = best, kept.weight > 0, tries < request.retries else {
      keep()
      return
    }
    tries += 1
  }

  /// A speech recogniser hears what nothing else is doubted about.
  private func listen(
    to sentences: [SentenceSound], _ sound: (samples: [Int16], rate: Int),
    _ doubts: inout [[DoubtKind]]
  ) {
    guard let listener, let task = maker?.task,
      NarrationListener.understands(try? speaker?.language(of: task.speech))
    else { return }
    for (index, sentence) in sentences.enumerated() where doubts[index].isEmpty {
      if listener.doubts(sentence, of: task.item.said, in: sound) { doubts[index] = [.unheard] }
    }
  }

  private func keep() {
    guard let maker, let best else { return }
    desk.learn(
      best.sentences, doubts: best.doubts, sound: best.sound, voice: voiceKey,
      speed: maker.task.speech.speed * haste)
    do throws(SinkError) {
      if let slot = maker.task.takes[index].slot, best.sound.rate > 0 {
        try maker.wait(until: slot.from, rate: best.sound.rate)
      }
      try maker.add(
        best.sound, words: best.words, sentences: Array(zip(best.sentences, best.doubts)))
      desk.inbox.post(
        .progress(
          seconds: Double(best.sound.samples.count) / Double(max(1, best.sound.rate)),
          characters: maker.task.takes[index].range.count))
      (index, tries, self.best, haste) = (index + 1, 0, nil, 1)
    } catch {
      fail(UserError(telling: error))
    }
  }

  // MARK: Times that are given

  /// Seconds that a part may be longer than its slot.
  private static let leeway = 0.05
  /// Faster than that it is not understood.
  private static let mostHaste = 1.5

  private func room(of slot: NarrationItem.Slot) -> Double {
    slot.to - max(slot.from, maker?.seconds ?? 0)
  }

  private func overruns(
    _ slot: NarrationItem.Slot, _ sound: (samples: [Int16], rate: Int)
  ) -> Bool {
    Double(sound.samples.count) / Double(max(1, sound.rate)) > room(of: slot) + Self.leeway
  }

  /// - Returns: whether the take is spoken again, faster.
  private func hurry(_ take: Take, _ sound: (samples: [Int16], rate: Int)) -> Bool {
    guard let slot = take.slot, let task = maker?.task, haste < Self.mostHaste else { return false }
    let seconds = Double(sound.samples.count) / Double(max(1, sound.rate))
    // In steps, so that what is known of the voice at one pace is of use for others.
    let needed = (haste * seconds / max(0.1, room(of: slot)) * 20).rounded(.up) / 20
    let faster = min(Self.mostHaste, max(needed, haste + 0.05))
    guard task.speech.takes(haste: faster) else { return false }
    (haste, best) = (faster, nil)
    return true
  }

  private var voiceKey: String { (maker?.task.voiceKey ?? "") + (haste == 1 ? "" : "/\(haste)") }

  /// The words with their places in what is said and in the sound of the take.
  private func placed(_ take: Take, count: Int) -> [SoundTimeline.Span] {
    words.compactMap { word in
      guard let source = word.source else { return nil }
      let start = source.lowerBound - origin + take.range.lowerBound
      let end = source.upperBound - origin + take.range.lowerBound
      guard start >= take.range.lowerBound, start < end, end <= take.range.upperBound else {
        return nil
      }
      let from = min(max(0, word.samples.lowerBound), count)
      let to = min(max(from, word.samples.upperBound), count)
      // A word that was told and did not sound was not spoken.
      guard from < count else { return nil }
      return SoundTimeline.Span(text: start..<end, samples: from..<to)
    }
  }
}
