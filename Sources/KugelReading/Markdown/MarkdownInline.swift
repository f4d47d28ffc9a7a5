import KugelText

/// Reads what stands within a block of Markdown: emphasis, code, links, pictures, formulas, escapes.
///
/// What waits does so for `Lookahead.limit` scalars at most: a longer label, formula or piece of code is
/// read as it comes.
struct MarkdownInline: TextStage {
  enum Place: Equatable {
    case text
    /// Between so many backticks.
    case code(Int)
    /// Until this has been read, and whether what comes before it is said.
    case until(String, isSaid: Bool)
    /// In the target of a link, within so many brackets.
    case target(depth: Int)
  }

  private let options: MarkdownOptions
  private var place = Place.text
  /// The scalar before the one that is read.
  private var last: Unicode.Scalar = " "
  private var emphasis = MarkdownEmphasis()
  private var links: MarkdownLinks

  init(_ options: MarkdownOptions) {
    self.options = options
    links = MarkdownLinks(options)
  }

  /// A text that is complete.
  static func whole(_ text: SourcedText, _ options: MarkdownOptions) -> SourcedText {
    var inline = MarkdownInline(options)
    var output = SourcedText()
    _ = inline.read(text, .end, into: &output)
    return output
  }

  mutating func read(_ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText) -> Int
  {
    let scalars = text.scalars
    // Signs without any word wait through a pause: there is nothing to say in them.
    let waits = ahead == .pause && !scalars.contains { $0.isLetter || $0.isDigit }
    let ahead = waits ? .more : ahead
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if place == .text, !Self.isSpecial(scalar) {
        last = scalar
        index += 1
        continue
      }
      output.append(text, start..<index)
      start = index
      guard let next = step(text, index, ahead, into: &output) else { return index }
      last = scalars[next - 1]
      index = next
      start = next
    }
    output.append(text, start..<scalars.count)
    if ahead == .end { self = MarkdownInline(options) }
    return scalars.count
  }

  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // ! $ & * < [ \ ] _ ` ~
    case 0x21, 0x24, 0x26, 0x2A, 0x3C, 0x5B, 0x5C, 0x5D, 0x5F, 0x60, 0x7E: true
    default: false
    }
  }

  /// - Returns: the next index, behind the scalar at `index`; nil while it is open what that is.
  private mutating func step(
    _ text: SourcedText, _ index: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    let reach = 4 * Lookahead.limit
    var look = Lookahead(text, from: index, ahead, limit: reach)
    var patient = Lookahead(text, from: index, ahead == .pause ? .more : ahead, limit: reach)
    let before = (output.count, place, emphasis, links)
    let next: Int
    switch place {
    case .text: next = special(text, &look, &patient, index, into: &output)
    case .code(let count): next = inCode(text, count, &look, index, into: &output)
    case .until(let end, let isSaid):
      if look.matches(end, at: index, ignoringCase: true) {
        next = index + end.unicodeScalars.count
        if end == "</spell>" { output.append(text, index..<next) }
        place = .text
      } else {
        next = index + 1
        if isSaid { output.append(text, index..<next) }
      }
    case .target(let depth):
      next = index + 1
      let scalar = text.scalars[index]
      if scalar == "(" { place = .target(depth: depth + 1) }
      if scalar == ")" { place = depth == 0 ? .text : .target(depth: depth - 1) }
      // Only a title may stand behind a blank, and that is short.
      if scalar == "\n" { place = .text }
    }
    guard look.isUndecided || patient.isUndecided else { return next }
    // Whatever was said or noted was said too early.
    output.truncate(to: before.0)
    (place, emphasis, links) = (before.1, before.2, before.3)
    return nil
  }

  /// What a sign means. What is said of it does not count while the look is undecided.
  private mutating func special(
    _ text: SourcedText, _ look: inout Lookahead, _ patient: inout Lookahead, _ index: Int,
    into output: inout SourcedText
  ) -> Int {
    let scalar = text.scalars[index]
    switch scalar {
    case "\\": return escape(text, &look, index, into: &output)
    case "`": return code(&look, index)
    case "$": return formula(text, &look, index, into: &output)
    case "*": return star(text, &look, index, into: &output)
    case "_": return underline(text, &look, index, into: &output)
    case "~":
      let end = look.run(from: index)
      let isMark =
        end - index == 1
        ? emphasis.isMark(tilde: index, &look, after: last)
        : end - index == 2 && !(last.isWhite && look.at(end)?.isWhite ?? true)
      if !look.isUndecided, !isMark { output.append(text, index..<end) }
      return end
    case "&": return HTMLEntities.read(text, &look, index, into: &output)
    case "<":
      let (next, place) = MarkdownAngles.read(
        text, &look, index, after: last, into: &output)
      if let place { self.place = place }
      return next
    case "[", "!", "]":
      let (next, isInTarget) = links.read(
        text, &look, &patient, index, after: last, into: &output)
      if isInTarget { place = .target(depth: 0) }
      return next
    default:
      output.append(text, index..<(index + 1))
      return index + 1
    }
  }

  // MARK: - Emphasis

  private mutating func star(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let end = look.run(from: index)
    let next = look.at(end)
    guard !look.isUndecided else { return index }
    let isMark = emphasis.isMark(stars: end - index, after: last, before: next)
    if !isMark { output.append(text, index..<end) }
    return end
  }

  private mutating func underline(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    let end = look.run(from: index)
    let next = look.at(end)
    if !last.isWordPart, end - index == 2, let name = MarkdownEmphasis.dunder(&look, end) {
      if !look.isUndecided { output.append(text, index..<name) }
      return name
    }
    guard !look.isUndecided else { return index }
    let isMark = emphasis.isMark(linesAfter: last, before: next)
    if !isMark { output.append(text, index..<end) }
    return end
  }

  // MARK: - Code

  private mutating func code(_ look: inout Lookahead, _ index: Int) -> Int {
    let (end, begins) = look.code(from: index)
    if !look.isUndecided, begins { place = .code(end - index) }
    return end
  }

  private mutating func inCode(
    _ text: SourcedText, _ count: Int, _ look: inout Lookahead, _ index: Int,
    into output: inout SourcedText
  ) -> Int {
    guard text.scalars[index] == "`" else {
      LiteralBracket.append(text, index..<(index + 1), into: &output)
      return index + 1
    }
    let end = look.run(from: index)
    guard !look.isUndecided else { return index }
    if end - index == count { place = .text } else { output.append(text, index..<end) }
    return end
  }

  // MARK: - Formulas

  private mutating func formula(
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
    let isFormula = look.isFormula(from: index, after: last)
    guard !look.isUndecided else { return index }
    if isFormula {
      beginFormula(text, index..<(index + 1), until: "$", into: &output)
    } else {
      output.append(text, index..<(index + 1))
    }
    return index + 1
  }

  private mutating func beginFormula(
    _ text: SourcedText, _ opening: Range<Int>, until end: String, into output: inout SourcedText
  ) {
    if options.code == .name {
      output.append(options.phrases.formula, standingFor: text.source(of: opening))
    }
    place = .until(end, isSaid: options.code == .say)
  }

  /// - Returns: what ends a formula that LaTeX's environment begins, in lower case.
  private static func environment(_ look: inout Lookahead, _ index: Int) -> String? {
    guard look.matches("\\begin{", at: index) else { return nil }
    for name in environments {
      for written in [name, name + "*"] where look.matches(written + "}", at: index + 7) {
        return "\\end{\(written)}"
      }
    }
    return nil
  }

  private static let environments = [
    "equation", "align", "aligned", "gather", "multline", "eqnarray", "displaymath", "math",
    "cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "split",
  ]

  // MARK: - Escapes

  private mutating func escape(
    _ text: SourcedText, _ look: inout Lookahead, _ index: Int, into output: inout SourcedText
  ) -> Int {
    guard let next = look.at(index + 1) else {
      if !look.isUndecided { output.append(text, index..<(index + 1)) }
      return index + 1
    }
    if next == "(" || next == "[" {
      let end = next == "(" ? "\\)" : "\\]"
      if look.reaches(end, from: index + 2) || next == "[" {
        if !look.isUndecided {
          beginFormula(text, index..<(index + 2), until: end, into: &output)
        }
        return index + 2
      }
    }
    if next == "b", let end = Self.environment(&look, index) {
      let opening = index..<(index + end.unicodeScalars.count + 2)
      if !look.isUndecided { beginFormula(text, opening, until: end, into: &output) }
      return opening.upperBound
    }
    guard next.value < 0x80, next.isASCIIPunctuation else {
      if !look.isUndecided { output.append(text, index..<(index + 1)) }
      return index + 1
    }
    guard !look.isUndecided else { return index }
    // An escaped bracket is no tag's, wherever it is read.
    LiteralBracket.append(text, (index + 1)..<(index + 2), into: &output)
    return index + 2
  }
}
