import KugelText

/// Which stars and lines are marks of emphasis, and which are signs of the text.
struct MarkdownEmphasis {
  private var openStars = 0
  private var openLines = 0
  private var isTildeOpen = false

  /// A text of marks only, or between blanks, is no emphasis; `2*3`, `*.txt` and `src/*` are none either.
  ///
  /// - Parameter count: stars in a row, between `last` and `next`.
  mutating func isMark(
    stars count: Int, after last: Unicode.Scalar, before next: Unicode.Scalar?
  ) -> Bool {
    let isBehind = !last.isWhite
    let isBefore = next.map { !$0.isWhite } ?? false
    // The stars of a path's pattern: "**/*.swift", "src/**".
    let isPattern =
      last == "/" ? !(next?.isWordPart ?? false) : next == "/" && (!isBehind || last.isOpener)
    if openStars == 0, isPattern { return false }
    if isBehind, isBefore, last.isWordPart, next?.isWordPart ?? false {
      // Within a word.
      if count > 1 { return !(last.isDigit && next?.isDigit ?? false) }
      guard openStars > 0, !last.isDigit else { return false }
      openStars -= 1
      return true
    }
    if isBefore,
      !isBehind || !last.isWordPart && !Self.isClosing(last) || openStars == 0 && !isBehind
    {
      let isMark = count > 1 || Self.mayOpen(next)
      if isMark { openStars += 1 }
      return isMark
    }
    guard isBehind, count > 1 || openStars > 0 else { return false }
    openStars = max(0, openStars - 1)
    return true
  }

  /// The same for lines below; within a word they are the word's.
  mutating func isMark(linesAfter last: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
    let isWordBehind = last.isWordPart
    let isWordBefore = next?.isWordPart ?? false
    if isWordBehind, isWordBefore { return false }
    if !isWordBehind, isWordBefore || Self.mayOpen(next), last.isWhite || !Self.isClosing(last) {
      openLines += 1
      return true
    }
    guard !last.isWhite, !isWordBefore, openLines > 0 else { return false }
    openLines -= 1
    return true
  }

  /// The same for a single tilde, which strikes out what it encloses: "~5" and "~/bin" are text.
  mutating func isMark(
    tilde start: Int, _ look: inout Lookahead, after last: Unicode.Scalar
  ) -> Bool {
    if isTildeOpen {
      guard !last.isWhite, !(look.at(start + 1)?.isWordPart ?? false) else { return false }
      isTildeOpen = false
      return true
    }
    guard !last.isWordPart, let first = look.at(start + 1), first.isLetter else { return false }
    var place = start + 2
    while place < start + Lookahead.limit, let scalar = look.at(place), scalar != "\n" {
      if scalar == "~", let before = look.at(place - 1), !before.isWhite,
        !(look.at(place + 1)?.isWordPart ?? false)
      {
        isTildeOpen = true
        return true
      }
      place += 1
    }
    return false
  }

  /// `__init__` and its like are names, not emphasis.
  static func dunder(_ look: inout Lookahead, _ start: Int) -> Int? {
    var end = start
    var name = ""
    while end - start < Lookahead.limit, let scalar = look.at(end), scalar.value < 0x80,
      scalar.isWordPart || scalar == "_"
    {
      name.unicodeScalars.append(scalar)
      end += 1
    }
    guard name.hasSuffix("__"), name.count > 2 else { return nil }
    let inner = name.dropLast(2)
    let isName = inner.contains("_") || Self.dunders.contains(String(inner))
    return isName ? end : nil
  }

  private static let dunders: Set<String> = Set(
    """
    init main name str repr call len iter next enter exit getitem setitem delitem eq ne lt gt le ge \
    hash doc file dict all new class slots version future pycache proto dirname filename import add \
    sub mul bool contains getattr setattr author del
    """.split(separator: " ").map(String.init))

  private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", ";", ":", "!", "?", ")", "]", "}", "”", "’", "»", "…", "%", "`": true
    default: false
    }
  }

  /// Whether a single mark before it opens emphasis.
  private static func mayOpen(_ next: Unicode.Scalar?) -> Bool {
    guard let next else { return false }
    if next.isWhite { return false }
    switch next {
    case ".", "/", ",", ";", ":", "!", "?", ")", "]", "}", "|", ">", "=": return false
    default: return true
    }
  }
}
