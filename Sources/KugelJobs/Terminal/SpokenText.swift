import KugelText

/// The text as it was given, and when which part of it is heard. Pure. Positions count Unicode scalars.
package struct SpokenText {
  package struct Entry: Equatable {
    /// Seconds of sound before it.
    package var start: Double
    package var range: Range<Int>
  }

  private struct Chunk {
    var id: Int
    var turn: Int
    var start: Double
    /// Its source is the text as it was given.
    var text: SourcedText
    var hasWords = false

    var range: Range<Int> { text.source(of: 0..<text.count) }
  }

  private var aligner = TextAligner()
  package private(set) var isComplete = false
  package private(set) var entries: [Entry] = []
  /// What is spoken as one, sentence by sentence.
  package private(set) var sentences: [Entry] = []
  private var chunks: [Chunk] = []
  private let byWord: Bool

  package var source: [Unicode.Scalar] { aligner.scalars }

  package init(byWord: Bool) { self.byWord = byWord }

  package mutating func append(_ text: String) { aligner.append(text: text) }
  package mutating func end() { isComplete = true }

  /// A piece of text goes to the voice.
  ///
  /// - Parameter start: seconds of sound before it.
  package mutating func begin(chunk id: Int, turn: Int, text: String, at start: Double) {
    let found = aligner.find(text)
    chunks.append(Chunk(id: id, turn: turn, start: start, text: found))
    let range = found.source(of: 0..<found.count)
    guard !range.isEmpty else { return }
    let entry = Entry(start: start, range: range)
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
    let range = chunks[index].range
    for list in [\SpokenText.entries, \SpokenText.sentences] {
      if let at = self[keyPath: list].lastIndex(where: {
        $0.start == old && range.contains($0.range.lowerBound)
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
      entries.removeAll { $0.start == chunk.start && chunk.range.contains($0.range.lowerBound) }
    }
    for word in words {
      let (low, high) = (max(0, word.characterStart), min(word.characterEnd, chunk.text.count))
      guard low < high else { continue }
      let range = chunk.text.source(of: low..<high)
      guard !range.isEmpty else { continue }
      let start = chunk.start + Double(word.startMilliseconds) / 1000
      let entry = Entry(start: start, range: range)
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
}
