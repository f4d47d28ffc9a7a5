extension SentenceSplitter {
  /// Scalars at the beginning of a piece that say how the one before it ends: breaks and the white space
  /// around them, or white space with a blank line in it.
  package static func pauseCount(before piece: String) -> (count: Int, hasBreak: Bool) {
    let scalars = Array(piece.unicodeScalars)
    var index = 0
    var hasBreak = false
    while index < scalars.count {
      if scalars[index].isWhite {
        index += 1
      } else if let (tag, end) = MarkupTag.read(in: scalars, at: index, before: scalars.count),
        tag.name == "break"
      {
        hasBreak = true
        index = end
      } else {
        break
      }
    }
    return hasBreak || scalars[..<index].holdsBlankLine ? (index, hasBreak) : (0, false)
  }
}
