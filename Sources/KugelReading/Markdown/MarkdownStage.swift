import KugelText

/// Reads Markdown aloud: its marks go, what they set apart stands apart.
///
/// Blocks of CommonMark with GitHub's tables, tasks and footnotes. Code, formulas and tables are said,
/// named or left out as the options have it; headings and list items end with a stop.
///
/// Source: CommonMark 0.31; GitHub Flavored Markdown 0.29.
package struct MarkdownStage: TextStage {
  private enum Place: Equatable {
    case lineStart
    case text
    /// Until the line's end.
    case skipped
    /// A line of code that is said.
    case code
  }

  private let options: MarkdownOptions
  private var place = Place.lineStart
  private var context = MarkdownContext()
  private var block: MarkdownBlock
  private var table: MarkdownTable
  /// Something of the line's own text was read.
  private var hasReadLine = false
  private var isInFrontMatter = false

  package init(_ options: MarkdownOptions = MarkdownOptions()) {
    self.options = options
    block = MarkdownBlock(options)
    table = MarkdownTable(options)
    context.isAtStart = true
  }

  package var heldCount: Int { block.heldCount }

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
    case .pause, .release: block.pause(into: &output)
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
      if place == .code { block.copy(text[index..<end], into: &output) }
      guard end < text.count else { return end }
      if place == .code { block.endCodeLine(text[end..<(end + 1)], into: &output) }
      place = .lineStart
      return end + 1
    case .text:
      return readText(text, index, ahead, into: &output)
    }
  }

  private func mayWait(_ text: SourcedText, _ index: Int) -> Bool {
    let rest = text.scalars[index...]
    return context.isInTable || rest.first == "|" || !rest.contains { $0.isLetter || $0.isDigit }
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

  // MARK: - The text of a line

  private mutating func readText(
    _ text: SourcedText, _ start: Int, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int? {
    let scalars = text.scalars
    let newline = scalars[start...].firstIndex(of: "\n")
    let end = newline ?? scalars.count
    let solid = MarkdownLineEnd.beforeSigns(scalars, start, end, inHeading: block.isHeading)
    if newline == nil, ahead == .more, solid < end {
      feed(text, start..<solid, into: &output)
      return solid > start ? solid : nil
    }
    var isHardBreak = false
    let isWhole = newline == nil && ahead == .pause
    if block.isHeading {
      let last = MarkdownLineEnd.ofHeading(scalars, start, end, isFirst: !hasReadLine)
      feed(text, start..<(isWhole ? end : last), into: &output)
    } else {
      let found = MarkdownLineEnd.ofText(scalars, start, end, isEnded: newline != nil)
      isHardBreak = found.isHardBreak
      feed(text, start..<(isWhole ? end : found.last), into: &output)
    }
    guard let newline else { return end }
    place = .lineStart
    let source = text.source(of: newline..<(newline + 1))
    if block.isHeading {
      endBlock(at: source, into: &output)
    } else if isHardBreak {
      block.breakLine(at: source, into: &output)
    } else {
      block.endLine(at: source)
    }
    return newline + 1
  }

  private mutating func feed(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    guard !range.isEmpty else { return }
    hasReadLine = true
    block.feed(text[range], into: &output)
  }

  // MARK: - Blocks

  /// Begins what a line begins, and ends what it ends.
  ///
  /// - Returns: where the line is read on.
  private mutating func begin(
    _ line: MarkdownLine, _ text: SourcedText, _ start: Int, into output: inout SourcedText
  ) -> Int {
    let source = text.source(of: start..<max(line.content, start + 1))
    hasReadLine = false
    let isItemStart = context.beginLine()
    if context.beginsQuotation(with: line) { endBlock(at: source, into: &output) }
    if line.kind != .blank { context.leaveFootnote(for: line) }
    if context.isInFootnote, !options.readsNotes {
      context.passOverFootnote(isText: line.kind == .text)
      place = .skipped
      return line.content
    }
    if case .tableRow = line.kind {} else if context.isInTable { endTable(source, into: &output) }
    switch line.kind {
    case .blank:
      if context.fence == nil { endBlock(at: source, into: &output) }
      place = .skipped
    case .text where context.fence != nil:
      place = options.code == .say ? .code : .skipped
    case .text where isItemStart:
      context.beginItemText()
      place = .text
    case .text:
      if !context.isInParagraph { begin(.paragraph, line, at: source, into: &output) }
      block.goOn(into: &output)
      place = .text
    case .heading:
      begin(.heading, line, at: source, into: &output)
      place = .text
      return line.content
    case .underline:
      block.begin(.heading)
      endBlock(at: source, into: &output)
      place = .skipped
    case .thematicBreak, .definition:
      endBlock(at: source, into: &output)
      place = .skipped
    case .frontMatter:
      isInFrontMatter = true
      place = .skipped
    case .fence(let mark, let count):
      endBlock(at: source, into: &output)
      context.fence = (mark, count, line.quoteDepth)
      nameCode(at: source, into: &output)
      place = .skipped
    case .closingFence:
      context.fence = nil
      endBlock(at: source, into: &output)
      // A fence that ended with its quotation leaves the line to be read.
      if line.indent < 0 { return start }
      place = .skipped
    case .code:
      if !context.isInCode {
        endBlock(at: source, into: &output)
        nameCode(at: source, into: &output)
        context.isInCode = true
      }
      place = options.code == .say ? .code : .skipped
      return line.content
    case .bullet, .ordered:
      // Behind its mark stands a line of its own, which may begin another block.
      place = .lineStart
      beginItem(line, text, at: source, into: &output)
    case .tableHead(let row, let columns):
      beginTable(columns: columns, at: source, into: &output)
      table.begin(text, row, columns: columns, at: source, into: &output)
      place = .skipped
    case .tableRule:
      beginTable(at: source, into: &output)
      place = .skipped
    case .tableRow(let row):
      table.read(row: row, of: text, into: &output)
      place = .skipped
      return row.upperBound
    case .footnote where !options.readsNotes:
      endBlock(at: source, into: &output)
      context.passOverFootnote(isText: true)
      place = .skipped
    case .footnote(let label):
      begin(.paragraph, line, at: source, into: &output)
      output.append(options.phrases.footnote + " ", standingFor: source)
      output.append(text, label)
      output.append(": ", standingFor: source)
      context.isInFootnote = true
      place = .text
    case .alert(let word):
      endBlock(at: source, into: &output)
      block.begin(.heading)
      let written = text[word].string
      block.make(
        written.prefix(1).uppercased() + written.dropFirst().lowercased(),
        at: text.source(of: word), into: &output)
      endBlock(at: source, into: &output)
      place = .skipped
    }
    return line.content
  }

  private mutating func begin(
    _ mark: TextMark, _ line: MarkdownLine, at source: Range<Int>, into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    block.begin(context.begin(mark, indent: line.indent))
  }

  private mutating func beginItem(
    _ line: MarkdownLine, _ text: SourcedText, at source: Range<Int>,
    into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    context.beginItem(line)
    block.begin(.item)
    if case .ordered(let number) = line.kind {
      output.append(text, number)
      // With its blank, so that whoever shows what was written keeps it.
      let mark = number.upperBound
      let hasBlank = mark + 1 < text.count && text.scalars[mark + 1] == " "
      output.append(". ", standingFor: text.source(of: mark..<mark + (hasBlank ? 2 : 1)))
    }
    if let isDone = line.task {
      let word = isDone ? options.phrases.done : options.phrases.open
      output.append(word + ": ", standingFor: source)
      place = .text
    }
  }

  private func nameCode(at source: Range<Int>, into output: inout SourcedText) {
    guard options.code == .name else { return }
    output.append(options.phrases.code + ".\n\n", standingFor: source)
    output.append(.paragraph)
  }

  /// - Parameter columns: nil where they are not known.
  private mutating func beginTable(
    columns: Int? = nil, at source: Range<Int>, into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    context.isInTable = true
    table = MarkdownTable(options, columns: columns)
  }

  private mutating func endTable(_ source: Range<Int>, into output: inout SourcedText) {
    context.isInTable = false
    table.end(at: source, into: &output)
  }

  private mutating func endBlock(at source: Range<Int>, into output: inout SourcedText) {
    block.end(at: source, into: &output)
    context.endBlock()
  }

  private mutating func finish(_ text: SourcedText, into output: inout SourcedText) {
    let end = text.place(text.count)
    if context.isInTable { endTable(end..<end, into: &output) }
    block.finish(at: end..<end, into: &output)
    context = MarkdownContext()
    place = .lineStart
  }
}
