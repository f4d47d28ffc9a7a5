extension SentenceSplitter {
  /// The sentences of a whole text, each with the white space after it; joined they are the text.
  package static func sentences(in text: String, language: String? = nil) -> [Substring] {
    var splitter = SentenceSplitter(language: language)
    var pieces = splitter.append(text) + splitter.finish()
    if pieces.count > 1, let last = pieces.last, !hasSound(last) {
      pieces.removeLast()
      pieces[pieces.count - 1] += last
    }
    let scalars = text.unicodeScalars
    var starts: [String.Index] = []
    var index = scalars.startIndex
    for piece in pieces {
      var start = index
      index =
        scalars.index(index, offsetBy: piece.unicodeScalars.count, limitedBy: scalars.endIndex)
        ?? scalars.endIndex
      while !starts.isEmpty, start < index, scalars[start].isWhite {
        start = scalars.index(after: start)
      }
      starts.append(start)
    }
    return zip(starts, starts.dropFirst() + [text.endIndex]).map { text[$0..<$1] }
  }
}
