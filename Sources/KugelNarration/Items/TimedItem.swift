import KugelReading
import KugelText

extension NarrationItem {
  /// When a part of an item is to be heard.
  package struct Slot: Equatable, Sendable {
    /// Unicode scalars of what is said.
    package var range: Range<Int>
    /// Seconds of the file.
    package var from: Double
    package var to: Double

    package init(range: Range<Int>, from: Double, to: Double) {
      self.range = range
      self.from = from
      self.to = to
    }
  }

  /// What is spoken at once: each slot, as far as there is something to say in it.
  package func takes(_ rules: Take.Rules, language: String?) -> [Take] {
    let said = said
    guard !slots.isEmpty else { return said.takes(rules, language: language) }
    return slots.compactMap { slot in
      guard said.scalars[slot.range].contains(where: \.isSpeakable) else { return nil }
      var take = Take(
        range: slot.range,
        sentences: said.sentences(in: slot.range, language: language, limit: .max))
      take.slot = slot
      return take
    }
  }
}

extension TextItems {
  /// One item of a file of subtitles, each cue of which is said in its time.
  package func item(
    _ text: String, _ subtitles: SubRip, source: String, at now: ContinuousClock.Instant
  ) -> NarrationItem {
    let written = Array(text.unicodeScalars)
    var said = SourcedText()
    var slots: [NarrationItem.Slot] = []
    for cue in subtitles.cues {
      guard let first = cue.parts.first, let last = cue.parts.last else { continue }
      var pipeline = TextPipeline(filters, for: target, at: first.lowerBound)
      var words = SourcedText()
      for part in cue.parts {
        pipeline.skip(part.lowerBound - pipeline.place)
        words.append(pipeline.feed(String(scalars: written[part]), at: now))
        guard part != last else { continue }
        // The end of a line.
        words.append(pipeline.feed("\n", at: now))
      }
      words.append(pipeline.finish())
      let own = words.trimmed
      guard !own.isEmpty else { continue }
      if !said.isEmpty { said.append("\n\n", standingFor: first.lowerBound..<first.lowerBound) }
      let start = said.count
      said.append(own)
      slots.append(NarrationItem.Slot(range: start..<said.count, from: cue.from, to: cue.to))
    }
    var item = NarrationItem(
      number: 0, source: source, range: 0..<written.count, said: said, original: SourceText(text),
      part: 0..<written.count, place: source)
    item.slots = slots
    return item
  }
}
