import KugelText
import KugelWire

extension CharacterTimes {
  /// When each scalar of a text is spoken whose words are known: a word's time is shared by its characters,
  /// what stands between two words belongs to the pause between them. A blank is put behind it, as the
  /// service does.
  ///
  /// Source: ElevenLabs notes, sections 7.8 and 13.2.
  init(of text: String, words: [WordTime]) {
    var scalars = Array(text.unicodeScalars)
    if scalars.last?.properties.isWhitespace != true { scalars.append(" ") }
    var starts: [Int] = []
    var ends: [Int] = []
    /// Gives the next scalars up to a place their equal shares of a time.
    func share(upTo end: Int, from start: Int, to stop: Int) {
      let first = starts.count
      let count = end - first
      guard count > 0 else { return }
      for index in 0..<count {
        starts.append(start + (stop - start) * index / count)
        ends.append(start + (stop - start) * (index + 1) / count)
      }
    }
    for word in words {
      let begin = min(max(word.characterStart, starts.count), scalars.count)
      let end = min(max(word.characterEnd, begin), scalars.count)
      let now = ends.last ?? 0
      let start = max(word.startMilliseconds, now)
      share(upTo: begin, from: now, to: start)
      share(upTo: end, from: start, to: max(word.endMilliseconds, start))
    }
    let last = ends.last ?? 0
    share(upTo: scalars.count, from: last, to: last)
    self.init(
      characters: scalars.map { String($0) }, starts: starts,
      durations: zip(starts, ends).map { $1 - $0 })
  }
}
