/// Splits a complete text into parts of bounded length, for services that limit a request.
///
/// Source: protocol notes, section 21.
package enum TextLimiter {
  /// Better places have higher ranks. Between scalars of a tag or a cluster is the worst.
  private enum Rank: UInt8, Comparable {
    case torn, hard, whiteInElement, white, clause, sentence, paragraph

    static func < (one: Rank, other: Rank) -> Bool { one.rawValue < other.rawValue }
  }

  /// - Parameter limit: Unicode scalars of a part, at least 1.
  /// - Returns: parts that joined are the text, cut at paragraphs, else at sentences, else at clause
  ///   marks, else at white space, else between grapheme clusters. Tags stay whole, and `<spell>` and
  ///   `<prosody>` elements too, if they fit.
  package static func parts(of text: String, limit: Int, language: String? = nil) -> [Substring] {
    let limit = max(1, limit)
    let scalars = Array(text.unicodeScalars)
    guard scalars.count > limit else { return text.isEmpty ? [] : [text[...]] }
    let ranks = ranks(of: scalars, text: text, language: language)
    var parts: [Substring] = []
    var start = 0
    var startIndex = text.startIndex
    while start < scalars.count {
      var cut = min(scalars.count, start + limit)
      if cut < scalars.count {
        var best = ranks[cut]
        var candidate = cut
        while candidate > start + 1, best < .paragraph {
          candidate -= 1
          if ranks[candidate] > best {
            best = ranks[candidate]
            cut = candidate
          }
        }
      }
      let endIndex = text.unicodeScalars.index(startIndex, offsetBy: cut - start)
      parts.append(text[startIndex..<endIndex])
      start = cut
      startIndex = endIndex
    }
    return parts
  }

  /// The rank of a cut before each scalar.
  private static func ranks(
    of scalars: [Unicode.Scalar], text: String, language: String?
  ) -> [Rank] {
    var ranks = [Rank](repeating: .torn, count: scalars.count + 1)
    var boundary = 0
    for character in text {
      ranks[boundary] = .hard
      boundary += character.unicodeScalars.count
    }
    var sentenceEnds: Set<Int> = []
    var end = 0
    for sentence in SentenceSplitter.sentences(in: text, language: language) {
      end += sentence.unicodeScalars.count
      sentenceEnds.insert(end)
    }
    var openElement: String?
    var index = 0
    while index < scalars.count {
      if scalars[index] == "<",
        let (tag, next) = MarkupTag.read(in: scalars, at: index, before: scalars.count)
      {
        for inner in (index + 1)..<next { ranks[inner] = .torn }
        index = next
        if tag.isClosing, tag.name == openElement {
          openElement = nil
        } else if openElement == nil, !tag.isClosing, !tag.isSelfClosing,
          tag.name == "spell" || tag.name == "prosody"
        {
          openElement = tag.name
        }
        raise(index, to: sentenceEnds.contains(index) ? .sentence : .torn)
        continue
      }
      index += 1
      guard index == scalars.count || !scalars[index].isWhite else { continue }
      let isAfterWhite = scalars[index - 1].isWhite
      if isAfterWhite, openElement != nil {
        raise(index, to: .whiteInElement)
      } else if isAfterWhite {
        raise(
          index,
          to: rankAfterWhite(scalars, before: index, isSentence: sentenceEnds.contains(index)))
      } else if sentenceEnds.contains(index) {
        raise(index, to: .sentence)
      } else if scalars[index - 1].isEastAsianClauseMark, openElement == nil {
        raise(index, to: .clause)
      }
    }
    return ranks

    func raise(_ index: Int, to rank: Rank) {
      // A cluster is never torn for a better rank.
      if ranks[index] == .hard { ranks[index] = max(rank, .hard) }
    }
  }

  private static func rankAfterWhite(
    _ scalars: [Unicode.Scalar], before index: Int, isSentence: Bool
  ) -> Rank {
    var first = index
    var newlines = 0
    while first > 0, scalars[first - 1].isWhite {
      first -= 1
      if scalars[first] == "\n" { newlines += 1 }
      if scalars[first] == "\u{2029}" { newlines += 2 }
    }
    if newlines > 1 { return .paragraph }
    if isSentence { return .sentence }
    if index - first == 1, scalars[first].isGlue { return .hard }
    return first > 0 && scalars[first - 1].isClauseMark || newlines == 1 ? .clause : .white
  }
}
