import KugelText

extension MarkdownInline {
  // MARK: - Emphasis

  /// A text of marks only, or between blanks, is no emphasis; `2*3`, `*.txt` and `src/*` are none either.
  mutating func star(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let end = run(&look, index)
    let count = end - index
    let next = look.at(end)
    guard !look.isUndecided else { return index }
    let isBehind = !last.isWhite
    let isBefore = next.map { !$0.isWhite } ?? false
    var isMark = false
    if isBehind, isBefore, last.isWordPart, next?.isWordPart ?? false {
      // Within a word.
      if count > 1 {
        isMark = !(last.isDigit && next?.isDigit ?? false)
      } else if openStars > 0, !last.isDigit {
        isMark = true
        openStars -= 1
      }
    } else if isBefore,
      !isBehind || !last.isWordPart && !Self.isClosing(last) || openStars == 0 && !isBehind
    {
      isMark = count > 1 || Self.mayOpen(next)
      if isMark { openStars += 1 }
    } else if isBehind {
      isMark = count > 1 || openStars > 0
      if isMark { openStars = max(0, openStars - 1) }
    }
    if !isMark { output.append(text, index..<end) }
    return end
  }

  mutating func underline(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let end = run(&look, index)
    let next = look.at(end)
    if !last.isWordPart, end - index == 2, let name = dunder(&look, end) {
      if !look.isUndecided { output.append(text, index..<name) }
      return name
    }
    guard !look.isUndecided else { return index }
    let isWordBehind = last.isWordPart
    let isWordBefore = next?.isWordPart ?? false
    var isMark = false
    if isWordBehind, isWordBefore {
      isMark = false
    } else if !isWordBehind, isWordBefore || Self.mayOpen(next),
      last.isWhite || !Self.isClosing(last)
    {
      isMark = true
      openLines += 1
    } else if !last.isWhite, !isWordBefore, openLines > 0 {
      isMark = true
      openLines -= 1
    }
    if !isMark { output.append(text, index..<end) }
    return end
  }

  /// `__init__` and its like are names, not emphasis.
  private func dunder(_ look: inout Lookahead, _ start: Int) -> Int? {
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

  // MARK: - Code

  mutating func code(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let end = run(&look, index)
    let count = end - index
    // Its end must come within the limit, or else the text is too long to wait for it.
    var place = end
    var isClosed = false
    while place < end + Lookahead.limit, let scalar = look.at(place) {
      guard scalar == "`" else {
        place += 1
        continue
      }
      let closing = run(&look, place)
      if closing - place == count {
        isClosed = true
        break
      }
      place = closing
    }
    guard !look.isUndecided else { return index }
    if isClosed || place >= end + Lookahead.limit { self.place = .code(count) }
    return end
  }

  mutating func inCode(
    _ text: SourcedText, _ count: Int, _ look: inout Lookahead, _ index: Int,
    into output: inout SourcedText
  ) -> Int {
    guard text.scalars[index] == "`" else {
      output.append(text, index..<(index + 1))
      return index + 1
    }
    let end = run(&look, index)
    guard !look.isUndecided else { return index }
    if end - index == count { place = .text } else { output.append(text, index..<end) }
    return end
  }

  // MARK: - Formulas

  mutating func formula(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    if look.at(index + 1) == "$" {
      let isFormula = !last.isWordPart && look.at(index + 2).map { $0 != "$" } ?? false
      guard !look.isUndecided else { return index }
      if isFormula {
        beginFormula(text, index..<(index + 2), until: "$$", into: &output)
      } else {
        output.append(text, index..<(index + 2))
      }
      return index + 2
    }
    let isFormula = isFormula(&look, index)
    guard !look.isUndecided else { return index }
    if isFormula {
      beginFormula(text, index..<(index + 1), until: "$", into: &output)
    } else {
      output.append(text, index..<(index + 1))
    }
    return index + 1
  }

  /// Prices stay prices: a formula touches both its signs, no digit follows it, and one that begins
  /// with a digit has a sign of mathematics in it.
  private func isFormula(_ look: inout Lookahead, _ start: Int) -> Bool {
    guard !last.isWordPart, let first = look.at(start + 1), !first.isWhite else { return false }
    var index = start + 1
    var hasSign = false
    while index < start + Lookahead.limit, let scalar = look.at(index) {
      if scalar == "$" {
        guard let before = look.at(index - 1), !before.isWhite, before != "\\" else { return false }
        if let next = look.at(index + 1), next.isWordPart { return false }
        return hasSign || !first.isDigit && !first.isUpper || index - start <= 4 && !first.isDigit
      }
      switch scalar {
      case "\\", "^", "_", "=", "{", "<", ">", "+": hasSign = true
      case "\n": return false
      default: break
      }
      index += 1
    }
    return false
  }

  mutating func beginFormula(
    _ text: SourcedText, _ opening: Range<Int>, until end: String, into output: inout SourcedText
  ) {
    if options.code == .name {
      output.append(options.phrases.formula, standingFor: text.source(of: opening))
    }
    place = .until(end, isSaid: options.code == .say)
  }
}
