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
    let (spans, mute) = placed(take, count: sound.samples.count)
    let sentences = TakeMeasure.sentences(
      of: take, in: maker.task.said, words: spans, mute: mute, count: sound.samples.count)
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
    guard let listener, let task = maker?.task, understands(task) else { return }
    for (index, sentence) in sentences.enumerated() where doubts[index].isEmpty {
      let samples = Array(sound.samples[sentence.samples.clamped(to: 0..<sound.samples.count)])
      if listener.doubts(sentence.text, of: task.said, in: samples, sound.rate) {
        doubts[index] = [.unheard]
      }
    }
  }

  /// Whether a recogniser listens to the item, and can.
  func understands(_ task: ItemTask) -> Bool {
    listener != nil && NarrationListener.understands(try? speaker?.language(of: task.speech))
  }

  private func keep() {
    guard let maker, let best else { return }
    desk.learn(
      best.sentences, doubts: best.doubts, sound: best.sound, voice: voiceKey,
      speed: maker.task.speech.speed * haste)
    do {
      if let slot = maker.task.takes[index].slot, best.sound.rate > 0 {
        let isThere = try maker.wait(until: slot.from, rate: best.sound.rate) { !desk.isClosed }
        guard isThere else { return }
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

  private var voiceKey: String {
    (maker?.task.speech.voiceKey ?? "") + (haste == 1 ? "" : "/\(haste)")
  }

  /// The words with their places in what is said and in the sound of the take; and the places of those
  /// that were told and did not sound, because their chunk had ended before.
  private func placed(
    _ take: Take, count: Int
  ) -> (words: [SoundTimeline.Span], mute: [Range<Int>]) {
    var placed: (words: [SoundTimeline.Span], mute: [Range<Int>]) = ([], [])
    for word in words {
      guard let source = word.source else { continue }
      let start = source.lowerBound - origin + take.range.lowerBound
      let end = source.upperBound - origin + take.range.lowerBound
      guard start >= take.range.lowerBound, start < end, end <= take.range.upperBound else {
        continue
      }
      let sounding = min(count, chunkEnds[word.chunk] ?? 0)
      guard word.samples.lowerBound < sounding else {
        placed.mute.append(start..<end)
        continue
      }
      let from = max(0, word.samples.lowerBound)
      placed.words.append(
        SoundTimeline.Span(
          text: start..<end, samples: from..<min(max(from, word.samples.upperBound), sounding)))
    }
    return placed
  }
}
