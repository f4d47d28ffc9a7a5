/// How the texts of chunks lie in the text they were made from; both grow.
///
/// White space is not compared: services trim it, and may fold it.
package struct TextAlignment: Equatable, Sendable {
  private struct Chunk: Equatable {
    var scalars: [Unicode.Scalar]
    /// Scalars that are no white space before it.
    var before: Int
  }

  private var scalars: [Unicode.Scalar] = []
  /// Indices of the scalars that are no white space.
  private var solid: [Int] = []
  private var chunks: [Chunk] = []
  private var matched = 0
  private var isLost = false

  package init() {}

  package init(text: String, chunks: [String]) {
    append(text: text)
    for chunk in chunks { append(chunk: chunk) }
  }

  mutating func append(text: String) {
    for scalar in text.unicodeScalars {
      if !scalar.properties.isWhitespace { solid.append(scalars.count) }
      scalars.append(scalar)
    }
  }

  /// The chunk that follows those before; one that is not there makes the places of all that follow
  /// unknown.
  mutating func append(chunk text: String) {
    guard !isLost else { return }
    let wanted = text.withoutWhitespace
    guard matched + wanted.count <= solid.count,
      zip(wanted, solid[matched...]).allSatisfy({ $0 == scalars[$1] })
    else {
      isLost = true
      return
    }
    chunks.append(Chunk(scalars: Array(text.unicodeScalars), before: matched))
    matched += wanted.count
  }

  /// Begins with the chunks anew.
  mutating func replace(chunks texts: [String]) {
    (chunks, matched, isLost) = ([], 0, false)
    for text in texts { append(chunk: text) }
  }

  /// Where in the text so many scalars of a chunk end; nil when the chunk is not in the text.
  func offset(chunk: Int, scalars count: Int) -> Int? {
    guard chunk < chunks.count else { return nil }
    let inside = chunks[chunk].scalars.prefix(count).count { !$0.properties.isWhitespace }
    let total = chunks[chunk].before + inside
    return total == 0 ? 0 : solid[total - 1] + 1
  }

  /// Where in the text a stretch of a chunk lies, white space around it left out.
  func range(chunk: Int, from: Int, to: Int) -> Range<Int>? {
    guard chunk < chunks.count, from < to, let end = offset(chunk: chunk, scalars: to) else {
      return nil
    }
    let before =
      chunks[chunk].before
      + chunks[chunk].scalars.prefix(from).count { !$0.properties.isWhitespace }
    guard before < solid.count, solid[before] < end else { return nil }
    return solid[before]..<end
  }

  func wordEnd(before offset: Int) -> Int { scalars.wordEnd(before: offset) }
}

extension [Unicode.Scalar] {
  /// The end of the last word that ends at or before `offset`.
  func wordEnd(before offset: Int) -> Int {
    var end = offset
    while end > 0, end < count, !self[end].properties.isWhitespace { end -= 1 }
    while end > 0, end < count, self[end - 1].properties.isWhitespace { end -= 1 }
    return end
  }
}
