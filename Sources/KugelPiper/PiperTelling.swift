import KugelEngine
import KugelText

/// What was spoken of a text so far: makes samples of what a model gives, and words of its durations.
struct PiperTelling {
  /// Voices peak at half of what is possible, and a stream cannot be levelled by what is to come.
  private static let gain: Float = 1.25
  /// Milliseconds of silence before a paragraph.
  private static let paragraph = 350

  private let rate: Int
  /// Samples that were handed over, or wait to be.
  private var spoken = 0
  private var silence: Int
  /// Of the part under way.
  private var base = 0
  private var words: [PiperReading.Word] = []
  private var ids: PhonemeIDs?
  private var part = 0..<0
  /// Words with their samples, that have not begun to sound.
  private var waiting: [(word: PiperReading.Word, start: Int, end: Int)] = []
  private var isTimed = false
  private var lastEnd = 0
  private(set) var wasRefused = false

  /// - Parameters:
  ///   - rate: samples per second.
  ///   - pausing: whether a paragraph begins.
  init(rate: Int, pausing: Bool) {
    self.rate = rate
    silence = pausing ? rate * Self.paragraph / 1_000 : 0
    spoken = silence
  }

  /// A part of a sentence follows.
  mutating func begin(_ words: [PiperReading.Word], _ ids: PhonemeIDs, _ part: Range<Int>) {
    (self.words, self.ids, self.part) = (words, ids, part)
    base = spoken
    isTimed = false
  }

  /// - Parameters:
  ///   - frames: for each id.
  ///   - hop: samples of a frame.
  mutating func timed(_ frames: [Int], _ hop: Int) {
    guard let ids, frames.count == ids.places.count else { return }
    isTimed = true
    var (starts, ends): ([Int: Int], [Int: Int]) = ([:], [:])
    var position = base
    for (place, count) in zip(ids.places, frames) {
      if starts[place] == nil { starts[place] = position }
      position += count * hop
      ends[place] = position
    }
    place { word in
      // A phoneme that the voice does not know has no id.
      let start = word.place.first { starts[$0] != nil }.flatMap { starts[$0] }
      let end = word.place.last { ends[$0] != nil }.flatMap { ends[$0] }
      return (start, end)
    }
  }

  /// By share of the phonemes, where the model does not tell durations.
  private mutating func share(to end: Int) {
    let (count, length) = (max(1, part.count), end - base)
    place { [base, part] word in
      (
        base + length * (word.place.lowerBound - part.lowerBound) / count,
        base + length * (word.place.upperBound - part.lowerBound) / count
      )
    }
  }

  private mutating func place(_ times: (PiperReading.Word) -> (Int?, Int?)) {
    for word in words {
      let (start, end) = times(word)
      let from = max(lastEnd, start ?? lastEnd)
      lastEnd = max(from, end ?? from)
      waiting.append((word, from, lastEnd))
    }
    words = []
  }

  /// - Returns: whether to go on.
  mutating func take(_ values: [Float], _ deliver: (SpokenPiece) -> Bool) -> Bool {
    guard !values.isEmpty else { return true }
    var samples = [Int16](repeating: 0, count: silence)
    silence = 0
    samples.reserveCapacity(samples.count + values.count)
    for value in values {
      // A comparison with what is no number is false.
      let scaled = value * (Self.gain * 32_767)
      samples.append(
        scaled >= 32_767 ? 32_767 : scaled >= -32_768 ? Int16(scaled) : value < 0 ? -32_768 : 0)
    }
    spoken += values.count
    guard hand(over: .samples(samples), deliver) else { return false }
    return tell(deliver)
  }

  /// The part is at its end.
  ///
  /// - Returns: whether to go on.
  mutating func end(_ deliver: (SpokenPiece) -> Bool) -> Bool {
    if !isTimed { share(to: spoken) }
    return tell(deliver)
  }

  /// Words that begin within what was handed over.
  private mutating func tell(_ deliver: (SpokenPiece) -> Bool) -> Bool {
    let count = waiting.prefix { $0.start <= spoken }.count
    guard count > 0 else { return true }
    let begun = waiting.prefix(count).map { word, start, end in
      WordTime(
        word: word.text, startMilliseconds: start * 1_000 / rate,
        endMilliseconds: end * 1_000 / rate,
        characterStart: word.range.lowerBound, characterEnd: word.range.upperBound)
    }
    waiting.removeFirst(count)
    return hand(over: .words(begun), deliver)
  }

  private mutating func hand(
    over piece: SpokenPiece, _ deliver: (SpokenPiece) -> Bool
  ) -> Bool {
    wasRefused = !deliver(piece)
    return !wasRefused
  }
}
