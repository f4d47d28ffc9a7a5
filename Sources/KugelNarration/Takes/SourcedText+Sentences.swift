import KugelText

extension SourcedText {
  /// The sentences of a part; together they are the part. Those without a word belong to one beside them.
  ///
  /// - Parameter limit: scalars; longer sentences are cut at clauses, if they can be.
  package func sentences(in range: Range<Int>, language: String?, limit: Int) -> [Range<Int>] {
    var splitter = SentenceSplitter(language: language, pieceLimit: limit)
    let pieces = splitter.append(String(scalars: scalars[range])) + splitter.finish()
    var sentences: [Range<Int>] = []
    var start = range.lowerBound
    for piece in pieces {
      let end = min(range.upperBound, start + piece.unicodeScalars.count)
      guard end > start else { continue }
      if let last = sentences.last,
        !scalars[start..<end].contains(where: \.isSpeakable)
          || !scalars[last].contains(where: \.isSpeakable)
      {
        sentences[sentences.count - 1] = last.lowerBound..<end
      } else {
        sentences.append(start..<end)
      }
      start = end
    }
    if let last = sentences.last {
      sentences[sentences.count - 1] = last.lowerBound..<range.upperBound
    } else if !range.isEmpty {
      sentences = [range]
    }
    return sentences
  }
}
