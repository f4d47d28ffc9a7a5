import KugelText

/// Collects tones into pieces of a tenth of a second, and the times of the words that began.
struct TonePieces {
  static let size = 2_400

  private var samples: [Int16] = []
  private var words: [WordTime] = []
  /// Samples of the utterance so far, delivered or not.
  private var position = 0

  init() { samples.reserveCapacity(Self.size) }

  /// The word that `append` is about to speak.
  mutating func announce(_ word: SpacedWords.Word, lasting count: Int) {
    words.append(
      WordTime(
        word: String(word.text), startMilliseconds: milliseconds(position),
        endMilliseconds: milliseconds(position + count), characterStart: word.range.lowerBound,
        characterEnd: word.range.upperBound))
  }

  /// - Returns: false when `deliver` wants no more.
  mutating func append(_ tone: ToneWord, deliver: (SpokenPiece) -> Bool) -> Bool {
    var done = 0
    while done < tone.count {
      let part = min(Self.size - samples.count, tone.count - done)
      tone.append(done..<(done + part), to: &samples)
      done += part
      position += part
      if samples.count == Self.size, !finish(deliver: deliver) { return false }
    }
    return true
  }

  /// Delivers what has been collected; the samples before the words that begin in them.
  mutating func finish(deliver: (SpokenPiece) -> Bool) -> Bool {
    if !samples.isEmpty {
      let piece = samples
      samples = []
      samples.reserveCapacity(Self.size)
      guard deliver(.samples(piece)) else { return false }
    }
    // A word announced at the very end of a piece begins in the next one.
    let begun = words.prefix { $0.startMilliseconds * ToneEngine.rate / 1_000 < position }
    guard !begun.isEmpty else { return true }
    words.removeFirst(begun.count)
    return deliver(.words(Array(begun)))
  }

  private func milliseconds(_ samples: Int) -> Int {
    (samples * 1_000 + ToneEngine.rate / 2) / ToneEngine.rate
  }
}
