/// Where a text that is too long to be one piece may be cut.
enum PieceBoundary {
  /// A run without white space is cut inside only when longer than this and than the limit, scalars.
  static let longestRun = 400

  /// The best cut, if there is one: in the second half of the limit a line end, else a clause mark,
  /// else white space anywhere; never inside a tag, a `<spell>` or `<prosody>` element or a grapheme
  /// cluster. Without any white space the first after the limit is taken.
  ///
  /// - Parameters:
  ///   - start: where the piece begins.
  ///   - from: its first speakable scalar; the cut comes after it, and lengths count from it.
  /// - Returns: an index between `from` and `end`, after the white space.
  static func find(
    in scalars: [Unicode.Scalar], start: Int, from: Int, end: Int, limit: Int
  ) -> Int? {
    var best: (rank: Int, index: Int)?
    var index = start
    var lastTagEnd = start
    var openElement: String?
    while index < end {
      let scalar = scalars[index]
      if scalar == "<", let (tag, next) = MarkupTag.read(in: scalars, at: index, before: end) {
        if tag.isClosing, tag.name == openElement {
          openElement = nil
        } else if openElement == nil, !tag.isClosing, !tag.isSelfClosing,
          tag.name == "spell" || tag.name == "prosody"
        {
          openElement = tag.name
        }
        index = next
        lastTagEnd = next
        continue
      }
      let length = index - from
      if length > limit, best != nil { break }
      if openElement == nil, index > from {
        if scalar.isWhite || scalar.isEastAsianClauseMark {
          let cut = endOfWhite(scalars, from: scalar.isWhite ? index : index + 1, before: end)
          if let rank = rank(scalars, white: index, cut: cut, end: end) {
            if length > limit, best == nil { return cut }
            let candidate = (rank: length * 2 >= limit ? rank : 0, index: cut)
            if best.map({ candidate.rank >= $0.rank }) ?? true { best = candidate }
          }
          index = max(cut, index + 1)
          continue
        }
        if best == nil, length >= max(limit, longestRun) {
          return max(cluster(scalars, start: from, at: index, before: end), lastTagEnd)
        }
      }
      index += 1
    }
    guard let best, best.index < end || end - from > limit else { return nil }
    return best.index
  }

  /// The first letter or digit outside tags, or the first tag that sounds or pauses.
  static func firstSpeakable(in scalars: [Unicode.Scalar], from start: Int, before end: Int) -> Int?
  {
    var index = start
    while index < end {
      let scalar = scalars[index]
      if scalar == "<", let (tag, next) = MarkupTag.read(in: scalars, at: index, before: end) {
        if !tag.isClosing, tag.name == "spell" || tag.name == "break" { return index }
        index = next
        continue
      }
      if scalar.isSpeakable { return index }
      index += 1
    }
    return nil
  }

  static func endOfWhite(_ scalars: [Unicode.Scalar], from start: Int, before end: Int) -> Int {
    var index = start
    while index < end, scalars[index].isWhite { index += 1 }
    return index
  }

  private static func rank(
    _ scalars: [Unicode.Scalar], white: Int, cut: Int, end: Int
  ) -> Int? {
    if cut < end, scalars[cut].isExtending { return nil }
    if !scalars[white].isWhite { return 2 }
    if scalars[white..<cut].contains(where: { $0 == "\n" || $0 == "\u{2029}" }) { return 3 }
    if scalars[white].isGlue, cut == white + 1 { return nil }
    return scalars[white - 1].isClauseMark ? 2 : 1
  }

  /// The last boundary between grapheme clusters at or before `index`.
  static func cluster(
    _ scalars: [Unicode.Scalar], start: Int, at index: Int, before end: Int
  ) -> Int {
    let text = String(scalars: scalars[start..<min(end, index + 32)])
    var boundary = start
    for character in text {
      let next = boundary + character.unicodeScalars.count
      if next > index { break }
      boundary = next
    }
    return boundary > start ? boundary : index
  }
}
