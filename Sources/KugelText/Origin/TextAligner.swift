/// Finds in a text what is spoken of it, as both grow.
///
/// A service tells its text in chunks, and its words as places in them. White space is not compared,
/// for services trim and fold it; nor are tags, where a service leaves them out. A chunk that was found
/// is a text whose source is the one that it was looked for in.
package struct TextAligner: Equatable, Sendable {
  private struct Chunk: Equatable {
    var text: SourcedText
    /// Where what comes before it ends in the source.
    var start: Int
  }

  /// What is looked in.
  package private(set) var scalars: [Unicode.Scalar] = []
  private var chunks: [Chunk] = []
  /// The end of what was found so far.
  private var cursor = 0
  private var isLost = false
  /// How far ahead a single word is looked for, scalars.
  private static let reach = 2000

  package init() {}

  package init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  package init(text: String, chunks: [String]) {
    append(text: text)
    for chunk in chunks { append(chunk: chunk) }
  }

  package mutating func append(text: String) { scalars.append(contentsOf: text.unicodeScalars) }

  // MARK: - Chunks that follow each other

  /// The chunk that follows those before; one that is not there makes the places of all that follow
  /// unknown.
  package mutating func append(chunk text: String) {
    guard !isLost else { return }
    guard let found = placed(text, from: cursor) else {
      isLost = true
      return
    }
    chunks.append(Chunk(text: found, start: cursor))
    cursor = max(cursor, found.source(of: 0..<found.count).upperBound)
  }

  /// Begins with the chunks anew.
  package mutating func replace(chunks texts: [String]) {
    (chunks, cursor, isLost) = ([], 0, false)
    for text in texts { append(chunk: text) }
  }

  /// Where in the text so many scalars of a chunk end; nil when the chunk is not in the text.
  package func offset(chunk: Int, scalars count: Int) -> Int? {
    guard chunk < chunks.count else { return nil }
    return range(chunk: chunk, from: 0, to: count)?.upperBound ?? chunks[chunk].start
  }

  /// Where in the text a stretch of a chunk lies, white space around it left out.
  package func range(chunk: Int, from: Int, to: Int) -> Range<Int>? {
    guard chunk < chunks.count, from < to else { return nil }
    let text = chunks[chunk].text
    var (low, high) = (min(max(0, from), text.count), min(to, text.count))
    while low < high, text.scalars[low].isWhite { low += 1 }
    while low < high, text.scalars[high - 1].isWhite { high -= 1 }
    guard low < high else { return nil }
    let range = text.source(of: low..<high)
    return range.isEmpty ? nil : range
  }

  /// The end of the last word that ends at or before `offset`.
  package func wordEnd(before offset: Int) -> Int { scalars.wordEnd(before: offset) }

  // MARK: - Finding

  /// A chunk that stands at `start`, white space aside.
  ///
  /// - Returns: nil when it is not there.
  package func placed(_ chunk: String, from start: Int) -> SourcedText? {
    let spoken = Array(chunk.unicodeScalars)
    return placed(spoken, from: start, passingTags: false)
      ?? (scalars[start...].contains("<") ? placed(spoken, from: start, passingTags: true) : nil)
  }

  private func placed(
    _ spoken: [Unicode.Scalar], from start: Int, passingTags: Bool
  ) -> SourcedText? {
    var map = SourceMap()
    var place = start
    var end = start
    var index = 0
    while index < spoken.count {
      if passingTags, let tag = MarkupTag.read(in: spoken, at: index, before: spoken.count) {
        map.replace(end..<end, with: tag.end - index)
        index = tag.end
        continue
      }
      let scalar = spoken[index]
      index += 1
      guard !scalar.isWhite else {
        if place == end, end < scalars.count, map.count > 0, scalars[end] == scalar {
          map.copy(end..<(end + 1))
          (place, end) = (end + 1, end + 1)
        } else {
          map.replace(end..<end, with: 1)
        }
        continue
      }
      place = skippingBlanks(from: place)
      while passingTags,
        let tag = MarkupTag.read(in: scalars, at: place, before: scalars.count)
      {
        place = skippingBlanks(from: tag.end)
      }
      guard place < scalars.count, scalars[place] == scalar else { return nil }
      map.copy(place..<(place + 1))
      place += 1
      end = place
    }
    return SourcedText(spoken, map: map)
  }

  /// A chunk of which each word is looked for on its own, behind what was found so far; what is not
  /// found stands for nothing.
  package mutating func find(_ chunk: String) -> SourcedText {
    let spoken = Array(chunk.unicodeScalars)
    var map = SourceMap()
    var index = 0
    while index < spoken.count {
      let isWhite = spoken[index].isWhite
      var end = index + 1
      while end < spoken.count, spoken[end].isWhite == isWhite { end += 1 }
      if !isWhite, let place = find(spoken[index..<end]) {
        map.copy(place..<(place + end - index))
        cursor = place + end - index
      } else {
        map.replace(cursor..<cursor, with: end - index)
      }
      index = end
    }
    return SourcedText(spoken, map: map)
  }

  private func find(_ word: ArraySlice<Unicode.Scalar>) -> Int? {
    let limit = min(scalars.count, cursor + Self.reach) - word.count
    guard cursor <= limit else { return nil }
    return (cursor...limit).first { scalars[$0..<$0 + word.count].elementsEqual(word) }
  }

  private func skippingBlanks(from start: Int) -> Int {
    var index = start
    while index < scalars.count, scalars[index].isWhite { index += 1 }
    return index
  }
}

extension [Unicode.Scalar] {
  /// The end of the last word that ends at or before `offset`.
  package func wordEnd(before offset: Int) -> Int {
    var end = offset
    while end > 0, end < count, !self[end].isWhite { end -= 1 }
    while end > 0, end < count, self[end - 1].isWhite { end -= 1 }
    return end
  }
}
