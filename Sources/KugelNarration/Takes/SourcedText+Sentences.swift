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

  /// A part without tags, which are no words.
  func spoken(_ range: Range<Int>) -> [Unicode.Scalar] {
    guard scalars[range].contains("<") else { return Array(scalars[range]) }
    var spoken: [Unicode.Scalar] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if scalars[index] == "<",
        let (tag, end) = MarkupTag.read(in: scalars, at: index, before: range.upperBound),
        MarkupTag.known.contains(tag.name)
      {
        index = end
      } else {
        spoken.append(scalars[index])
        index += 1
      }
    }
    return spoken
  }
}
