/// Which pieces of a text that is still coming may end at a clause, before their sentence does.
package enum EarlyClauses: Equatable, Sendable {
  case none
  /// The first of a turn.
  case first
  case every
}

/// Where a sentence that has not ended may be cut, so that its beginning can be spoken.
///
/// At the last mark of a clause, else before the last word that joins clauses, else between the last two
/// words: the worse a cut sounds, the more there has to be before it.
struct EarlyClause: Sendable {
  /// Scalars from the first that makes a sound.
  static let shortest = 24
  private static let shortestBeforeJoint = 40
  private static let shortestOfWords = 96

  private let joints: Set<String>

  /// - Parameter language: ISO 639-1, in any case, also with a region.
  init(language: String?) {
    joints = Self.joints(of: WordList.code(of: language))
  }

  /// - Parameters:
  ///   - start: where the piece begins.
  ///   - from: its first scalar that makes a sound.
  ///   - end: what follows may not be handed over yet.
  /// - Returns: where what is left begins.
  func cut(_ scalars: [Unicode.Scalar], start: Int, from: Int, end: Int) -> Int? {
    var (mark, joint, word): (Int?, Int?, Int?) = (nil, nil, nil)
    var openElement: String?
    var index = start
    while index < end {
      if scalars[index] == "<",
        let (tag, next) = MarkupTag.read(in: scalars, at: index, before: end)
      {
        if tag.isClosing, tag.name == openElement {
          openElement = nil
        } else if openElement == nil, !tag.isClosing, !tag.isSelfClosing,
          tag.name == "spell" || tag.name == "prosody"
        {
          openElement = tag.name
        }
        index = next
        continue
      }
      guard openElement == nil, index > from, scalars[index].isWhite else {
        index += 1
        continue
      }
      let blank = index
      index = PieceBoundary.endOfWhite(scalars, from: index, before: end)
      let length = blank - from
      // The word behind shows that none of these belongs to what stands before it.
      guard index < end, length >= Self.shortest, !scalars[index].isExtending,
        !scalars[index].isCloser, !scalars[blank].isGlue
      else { continue }
      if isMark(scalars[blank - 1]) { mark = index }
      if length >= Self.shortestBeforeJoint, isJoint(scalars, index, before: end) { joint = index }
      if length >= Self.shortestOfWords, scalars[index].isWordPart { word = index }
    }
    return mark ?? joint ?? word
  }

  private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isClauseMark && scalar.sentenceMark != .stop && scalar.sentenceMark != .cry
  }

  private func isJoint(_ scalars: [Unicode.Scalar], _ start: Int, before end: Int) -> Bool {
    var index = start
    while index < end, scalars[index].isLetter, index - start < 12 { index += 1 }
    guard index < end, scalars[index].isWhite else { return false }
    return joints.contains(String(scalars: scalars[start..<index]).lowercased())
  }

  private static func joints(of code: String) -> Set<String> {
    switch code {
    case "en":
      words("and but or because although while when where which who that if unless until so then")
    case "de": words("und aber oder sondern weil obwohl während wenn wo dass ob bis damit denn")
    case "fr": words("et mais ou parce car quand lorsque où qui que si donc puis pendant")
    case "es": words("y pero o porque aunque mientras cuando donde que si sino pues")
    case "it": words("e ma o perché mentre quando dove che se quindi però")
    case "pt": words("e mas ou porque enquanto quando onde que se embora pois")
    case "nl": words("en maar of omdat hoewel terwijl toen wanneer waar dat als tot want")
    case "pl": words("i ale lub bo ponieważ choć gdy kiedy gdzie który że jeśli więc")
    default: []
    }
  }

  private static func words(_ text: String) -> Set<String> { Set(WordList.words(of: text)) }
}
