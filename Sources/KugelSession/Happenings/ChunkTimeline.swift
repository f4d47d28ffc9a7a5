import KugelText

/// Where in the chunks the sound is at a moment.
struct ChunkTimeline {
  let segments: [SpokenSegment]
  let samples: Int
  let rate: Int
  let isComplete: Bool

  struct Place: Equatable {
    var chunk: Int
    /// Scalars of the chunk's text that have been heard; never half a word.
    var scalars: Int
    var isEstimated: Bool
  }

  /// Characters a second of a voice about which nothing is known yet.
  private static let usualPace = 15.0

  func place(played: Int) -> Place? {
    guard let index = segments.lastIndex(where: { $0.start < played }) else { return nil }
    let segment = segments[index]
    let scalars = Array(segment.text.unicodeScalars)
    let known = length(of: index)
    if let known, played >= segment.start + known {
      return Place(chunk: index, scalars: scalars.count, isEstimated: false)
    }
    let into = played - segment.start
    guard segment.words.isEmpty else {
      return Place(
        chunk: index, scalars: wordsHeard(in: segment, scalars, samples: into),
        isEstimated: segment.words.contains(where: \.isEstimated))
    }
    let expected = Double(scalars.count) * samplesPerScalar(before: index)
    let whole = Double(known ?? max(samples - segment.start, Int(expected)))
    let share = min(Int(Double(scalars.count) * Double(into) / max(whole, 1)), scalars.count)
    return Place(chunk: index, scalars: scalars.wordEnd(before: share), isEstimated: true)
  }

  /// Without chunks to go by: so many of `count` scalars as the time played suggests.
  func share(of count: Int, played: Int) -> Int {
    let expected = isComplete ? 0 : Double(count) * Double(rate) / Self.usualPace
    let whole = max(Double(samples), expected, 1)
    return min(Int(Double(count) * Double(played) / whole), count)
  }

  /// Samples of a chunk of which everything is here.
  private func length(of index: Int) -> Int? {
    if index + 1 < segments.count { return segments[index + 1].start - segments[index].start }
    return isComplete ? samples - segments[index].start : nil
  }

  private func samplesPerScalar(before index: Int) -> Double {
    let scalars = segments[..<index].reduce(0) { $0 + $1.text.unicodeScalars.count }
    let samples = segments[index].start - segments[0].start
    guard scalars > 0, samples > 0 else { return Double(rate) / Self.usualPace }
    return Double(samples) / Double(scalars)
  }

  /// A word is heard when half of it is; marks behind it belong to it.
  private func wordsHeard(
    in segment: SpokenSegment, _ scalars: [Unicode.Scalar], samples: Int
  ) -> Int {
    let milliseconds = Double(samples) * 1000 / Double(rate)
    var end = 0
    for word in segment.words
    where Double(word.startMilliseconds + word.endMilliseconds) / 2 <= milliseconds {
      end = max(end, min(word.characterEnd, scalars.count))
    }
    guard end > 0 else { return 0 }
    while end < scalars.count, !scalars[end].properties.isWhitespace,
      !scalars[end].properties.isAlphabetic, scalars[end].properties.numericType == nil
    {
      end += 1
    }
    return end
  }
}
