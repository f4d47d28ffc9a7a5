import KugelText

/// The text as it was given, and when which part of it is heard. Pure. Positions count Unicode scalars.
package struct SpokenText {
  package struct Entry: Equatable {
    /// Seconds of sound before it.
    package var start: Double
    package var range: Range<Int>
  }

  private struct Chunk {
    package var id: Int
    package var turn: Int
    package var start: Double
    /// Where its scalars stand in the source; nil for those that are not found there.
    package var places: [Int?]
    package var hasWords = false
  }

  private(set) var source: [Unicode.Scalar] = []
  private(set) var isComplete = false
  private(set) var entries: [Entry] = []
  /// What is spoken as one, sentence by sentence.
  private(set) var sentences: [Entry] = []
  private var chunks: [Chunk] = []
  private var cursor = 0
  private let byWord: Bool

  /// How far ahead a word of the spoken text is looked for in the source.
  private static let reach = 2000

  package init(byWord: Bool) { self.byWord = byWord }

  package mutating func append(_ text: String) { source += text.unicodeScalars }
  package mutating func end() { isComplete = true }

  /// A piece of text goes to the voice.
  ///
  /// - Parameter start: seconds of sound before it.
  package mutating func begin(chunk id: Int, turn: Int, text: String, at start: Double) {
    let scalars = Array(text.unicodeScalars)
    var places = [Int?](repeating: nil, count: scalars.count)
    var index = 0
    while index < scalars.count {
      guard !scalars[index].properties.isWhitespace else {
        index += 1
        continue
      }
      var end = index
      while end < scalars.count, !scalars[end].properties.isWhitespace { end += 1 }
      if let place = find(scalars[index..<end]) {
        for offset in 0..<(end - index) { places[index + offset] = place + offset }
        cursor = place + (end - index)
      }
      index = end
    }
    let found = places.compactMap(\.self)
    chunks.append(Chunk(id: id, turn: turn, start: start, places: places))
    guard let first = found.first, let last = found.last else { return }
    let entry = Entry(start: start, range: first..<last + 1)
    sentences.append(entry)
    entries.append(entry)
  }

  /// The sound of a chunk really begins here.
  package mutating func correct(chunk id: Int, turn: Int, start: Double) {
    guard let index = chunks.lastIndex(where: { $0.id == id && $0.turn == turn }),
      chunks[index].start != start, !chunks[index].hasWords
    else { return }
    let old = chunks[index].start
    chunks[index].start = start
    let places = chunks[index].places
    for list in [\SpokenText.entries, \SpokenText.sentences] {
      if let at = self[keyPath: list].lastIndex(where: {
        $0.start == old && places.contains($0.range.lowerBound)
      }) {
        self[keyPath: list][at].start = start
      }
    }
  }

  package mutating func add(_ words: [WordTime], chunk id: Int, turn: Int) {
    guard byWord, let index = chunks.lastIndex(where: { $0.id == id && $0.turn == turn }) else {
      return
    }
    let chunk = chunks[index]
    if !chunk.hasWords {
      chunks[index].hasWords = true
      entries.removeAll { $0.start == chunk.start && chunk.places.contains($0.range.lowerBound) }
    }
    for word in words {
      let (low, high) = (max(0, word.characterStart), min(word.characterEnd, chunk.places.count))
      let found = low < high ? chunk.places[low..<high].compactMap(\.self) : []
      guard let first = found.first, let last = found.last else { continue }
      let start = chunk.start + Double(word.startMilliseconds) / 1000
      let entry = Entry(start: start, range: first..<last + 1)
      // Several spoken words may stand for one that is written: the mark stays on it.
      if let earlier = entries.last, earlier.range == entry.range { continue }
      entries.insert(entry, at: entries.firstIndex { $0.start > start } ?? entries.endIndex)
    }
  }

  /// What is heard after so many seconds of sound.
  package func current(at seconds: Double) -> Entry? { entries.last { $0.start <= seconds } }

  /// Share of the characters spoken; nil while the text is growing.
  package func share(at seconds: Double, produced: Double) -> Double? {
    guard isComplete, !source.isEmpty else { return nil }
    guard let index = sentences.lastIndex(where: { $0.start <= seconds }) else { return 0 }
    let (now, next) = (
      sentences[index], index + 1 < sentences.count ? sentences[index + 1].start : produced
    )
    let length = max(next - now.start, 0.001)
    let part = min(1, (seconds - now.start) / length)
    let done = Double(now.range.lowerBound) + part * Double(now.range.count)
    return done / Double(source.count)
  }

  private func find(_ word: ArraySlice<Unicode.Scalar>) -> Int? {
    let limit = min(source.count, cursor + Self.reach) - word.count
    guard cursor <= limit else { return nil }
    return (cursor...limit).first { source[$0..<$0 + word.count].elementsEqual(word) }
  }
}
