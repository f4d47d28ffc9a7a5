import KugelText

/// Reads Markdown aloud: its marks go, what they set apart stands apart.
///
/// Blocks of CommonMark with GitHub's tables, tasks and footnotes. Code, formulas and tables are said,
/// named or left out as the options have it; headings and list items end with a stop.
///
/// Source: CommonMark 0.31; GitHub Flavored Markdown 0.29.
package struct MarkdownStage: TextStage {
  enum Place: Equatable {
    case lineStart
    case text
    /// Until the line's end.
    case skipped
    /// A line of code that is said.
    case code
  }

  let options: MarkdownOptions
  var place = Place.lineStart
  var context = MarkdownContext()
  var inline: StageStep
  /// What ends with the block that is being read.
  var block = TextMark.paragraph
  /// Something of the block was said.
  var hasText = false
  /// The last two scalars said that are no white space.
  var tail: (before: Unicode.Scalar, last: Unicode.Scalar) = (" ", " ")
  /// The place in the source of a line end that may go on as a blank.
  var pendingBreak: Range<Int>?
  var table = MarkdownTable()
  /// Something of the line's own text was read.
  var hasReadLine = false
  private var isInFrontMatter = false

  package init(_ options: MarkdownOptions = MarkdownOptions()) {
    self.options = options
    inline = StageStep(MarkdownInline(options))
    context.isAtStart = true
  }

  package var heldCount: Int { inline.heldCount }

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    var index = 0
    while index < text.count {
      guard let next = step(text, index, ahead, into: &output) else { break }
      index = next
    }
    switch ahead {
    case .more: break
    case .pause: say(into: &output) { $0.pause(into: &$1) }
    case .end: finish(text, into: &output)
    }
    return index
  }

  /// - Returns: the next index; nil while it is open what stands at this one.
  private mutating func step(
    _ text: SourcedText, _ index: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    switch place {
    case .lineStart:
      // What has no word in it yet may wait; so may a table's row.
      let waits = ahead == .pause && mayWait(text, index)
      let look = Lookahead(
        text, from: index, waits ? .more : ahead, limit: 2 * MarkdownLineReader.longestRow)
      if isInFrontMatter { return readFrontMatter(look, index) }
      var reader = MarkdownLineReader(look, at: index, in: context)
      let line = reader.read()
      guard !reader.look.isUndecided else { return nil }
      context.isAtStart = false
      return begin(line, text, index, into: &output)
    case .skipped, .code:
      let end = text.scalars[index...].firstIndex(of: "\n") ?? text.count
      if place == .code { copy(text, index..<end, into: &output) }
      guard end < text.count else { return end }
      if place == .code { endCodeLine(text, end, into: &output) }
      place = .lineStart
      return end + 1
    case .text:
      return readText(text, index, ahead, into: &output)
    }
  }

  private func mayWait(_ text: SourcedText, _ index: Int) -> Bool {
    let rest = text.scalars[index...]
    return rest.first == "|" || !rest.contains { $0.isLetter || $0.isDigit }
  }

  private mutating func readFrontMatter(_ look: Lookahead, _ index: Int) -> Int? {
    var look = look
    let end = look.skip(index) { $0 == "-" || $0 == "." }
    let isEnd = end - index == 3 && (look.at(end) == nil || look.at(end) == "\n")
    guard !look.isUndecided else { return nil }
    if isEnd { isInFrontMatter = false }
    place = .skipped
    return index
  }

  mutating func beginFrontMatter() {
    isInFrontMatter = true
    place = .skipped
  }

  // MARK: - The text of a line

  private mutating func readText(
    _ text: SourcedText, _ start: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    let scalars = text.scalars
    let newline = scalars[start...].firstIndex(of: "\n")
    let end = newline ?? scalars.count
    // What ends a line may be the sign of a break in it, or close a heading.
    var solid = end
    while solid > start, end - solid < Lookahead.limit, isTrailing(scalars[solid - 1]) {
      solid -= 1
    }
    if newline == nil, ahead == .more, solid < end {
      feed(text, start..<solid, into: &output)
      return solid > start ? solid : nil
    }
    var isHardBreak = false
    if block == .heading {
      if newline == nil, ahead == .pause {
        solid = end
      } else {
        solid = withoutClosing(scalars, start, end)
      }
      feed(text, start..<solid, into: &output)
    } else {
      let isEscaped = newline != nil && end > start && scalars[end - 1] == "\\"
      let blanks =
        end - (scalars[start..<end].lastIndex { $0 != " " && $0 != "\t" } ?? start - 1) - 1
      isHardBreak = isEscaped || blanks >= 2
      let last = newline == nil && ahead == .pause ? end : isEscaped ? end - 1 : end - blanks
      feed(text, start..<last, into: &output)
    }
    guard let newline else { return end }
    place = .lineStart
    let source = text.source(of: newline..<(newline + 1))
    if block == .heading {
      endBlock(at: source, into: &output)
    } else if isHardBreak {
      var made = SourcedText()
      made.append("\n", standingFor: source)
      made.append(.line)
      say(into: &output) { $0.feed(made, into: &$1) }
    } else {
      pendingBreak = source
    }
    return newline + 1
  }

  private func isTrailing(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\\" || block == .heading && scalar == "#"
  }

  /// The end of a heading's text, before the signs that may close it.
  private func withoutClosing(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Int {
    var last = end
    while last > start, scalars[last - 1].isWhite { last -= 1 }
    var sign = last
    while sign > start, scalars[sign - 1] == "#" { sign -= 1 }
    // What stands before the start was no blank, for blanks wait.
    let isApart = sign == start ? !hasReadLine : scalars[sign - 1].isWhite
    guard sign < last, isApart else { return last }
    while sign > start, scalars[sign - 1].isWhite { sign -= 1 }
    return sign
  }

  // MARK: - Saying

  mutating func feed(_ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText) {
    guard !range.isEmpty else { return }
    hasReadLine = true
    let part = text[range]
    say(into: &output) { $0.feed(part, into: &$1) }
  }

  mutating func say(
    into output: inout SourcedText, _ act: (inout StageStep, inout SourcedText) -> Void
  ) {
    let before = output.count
    act(&inline, &output)
    note(output, from: before)
  }

  /// Copies what is no Markdown.
  private mutating func copy(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    let before = output.count
    output.append(text, range)
    note(output, from: before)
  }

  func isStop(_ scalar: Unicode.Scalar) -> Bool { scalar.sentenceMark != nil }

  private mutating func note(_ output: SourcedText, from start: Int) {
    var index = output.count
    var found: [Unicode.Scalar] = []
    while index > start, found.count < 2 {
      index -= 1
      if !output.scalars[index].isWhite { found.append(output.scalars[index]) }
    }
    guard let last = found.first else { return }
    hasText = true
    tail = (found.count > 1 ? found[1] : tail.last, last)
  }
}
