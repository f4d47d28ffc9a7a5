/// The endings within a take, where the next sentence is known to begin.
struct InnerEndings {
  /// Right before the next sentence, and anywhere shortly before it: where it begins is told with an error by
  /// some voices.
  private(set) var (strict, wide) = (EndingHabit(), EndingHabit())
  /// For each sentence whether it ends loud; nil where that is not known.
  private(set) var loud: [(strict: Bool, wide: Bool)?]

  /// Seconds that where a sentence begins may be wrong by.
  private static let error = 0.04

  init(_ sentences: [SentenceSound], sound: [Int16], rate: Int) {
    loud = sentences.map { _ in nil }
    for index in sentences.indices.dropLast() {
      let (sentence, next) = (sentences[index], sentences[index + 1])
      let range = sentence.samples.clamped(to: 0..<sound.count)
      guard sentence.spokenEnd != nil, next.spokenEnd != nil, !range.isEmpty else { continue }
      let step = max(1, rate / 100)
      let strict = SoundLevels.endsLoud(sound[range], rate: rate)
      let places = stride(
        from: range.upperBound,
        to: max(range.lowerBound, range.upperBound - Int(Self.error * Double(rate))), by: -step)
      let wide = places.allSatisfy {
        SoundLevels.endsLoud(sound[range.lowerBound..<$0], rate: rate)
      }
      loud[index] = (strict, wide)
      self.strict.add(isLoud: strict)
      self.wide.add(isLoud: wide)
    }
  }
}
