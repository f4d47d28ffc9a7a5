import KugelJobs
import KugelNarration

// What is known of the voices from sentences that are there.
extension NarrateJob {
  /// Sentences of which it learns before it makes others; a voice remembers no more.
  private static let mostLearned = 600

  /// What the manifest tells of the pace of each voice, so that whoever goes on knows what is known.
  func knownPaces(_ manifest: Manifest) -> [String: Proof] {
    var proofs: [String: Proof] = [:]
    var count = 0
    for entry in entries where entry.decision == .keep && entry.item.slots.isEmpty {
      guard count < Self.mostLearned, let known = manifest[entry.file] else { continue }
      let (said, doubted) = (entry.item.said, Set(known.doubts.map(\.sentence)))
      let speech = entry.speech
      for (index, span) in known.timeline.sentences.enumerated() where !doubted.contains(index + 1)
      {
        guard let sentence = PaceReview.Sentence(span, of: said, rate: known.rate) else { continue }
        count += 1
        proofs[speech.voiceKey, default: Proof(speed: speech.speed)].learn(sentence)
      }
    }
    return proofs
  }

  /// Judges all sentences of the list by all that is known in the end.
  mutating func review(_ folder: NarrationFolder) {
    var review = PaceReview()
    var read: [(entry: ManifestEntry, key: String, sentences: [PaceReview.Sentence?])] = []
    for entry in entries where entry.isThere && entry.item.slots.isEmpty {
      guard let known = folder.manifest[entry.file], known.hash == entry.hash else { continue }
      let said = entry.item.said
      let sentences = known.timeline.sentences.map {
        PaceReview.Sentence($0, of: said, rate: known.rate)
      }
      let spoiled = Set(known.doubts.filter { !$0.kinds.allSatisfy(\.isOfPace) }.map(\.sentence))
      let speech = entry.speech
      for (index, sentence) in sentences.enumerated() where !spoiled.contains(index + 1) {
        if let sentence { review.add(sentence, voice: speech.voiceKey, speed: speech.speed) }
      }
      read.append((known, speech.voiceKey, sentences))
    }
    review.learn()
    var changed: [ManifestEntry] = []
    for (entry, key, sentences) in read {
      var doubts: [Int: DoubtKind] = [:]
      for (index, sentence) in sentences.enumerated() {
        if let sentence { doubts[index] = review.doubt(sentence, voice: key) }
      }
      var entry = entry
      if entry.review(doubts) { changed.append(entry) }
    }
    // What is made stays made.
    do throws(UserError) { try folder.note(changed) } catch {
      problems.append(NarrationFailure(place: request.directory, cause: error.message))
    }
  }
}

extension PlannedItem {
  /// As far as anybody has not failed to make it.
  fileprivate var isThere: Bool {
    switch decision {
    case .make, .keep: true
    case .elsewhere, .refuse: false
    }
  }
}
