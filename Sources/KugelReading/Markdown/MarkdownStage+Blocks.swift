import KugelText

extension MarkdownStage {
  /// Begins what a line begins, and ends what it ends.
  ///
  /// - Returns: where the line is read on.
  mutating func begin(
    _ line: MarkdownLine, _ text: SourcedText, _ start: Int, into output: inout SourcedText
  ) -> Int {
    let source = text.source(of: start..<max(line.content, start + 1))
    hasReadLine = false
    let isItemStart = context.itemColumn != nil
    context.itemColumn = nil
    if case .tableRow = line.kind {} else if context.isInTable { endTable(source, into: &output) }
    switch line.kind {
    case .blank:
      if context.fence == nil { endBlock(at: source, into: &output) }
      place = .skipped
    case .text where context.fence != nil:
      place = options.code == .say ? .code : .skipped
    case .text where isItemStart:
      context.isInParagraph = true
      place = .text
    case .text:
      if !context.isInParagraph { begin(.paragraph, line, at: source, into: &output) }
      goOn(into: &output)
      place = .text
    case .heading:
      begin(.heading, line, at: source, into: &output)
      place = .text
      return line.content
    case .underline:
      block = .heading
      endBlock(at: source, into: &output)
      place = .skipped
    case .thematicBreak, .definition:
      endBlock(at: source, into: &output)
      place = .skipped
    case .frontMatter:
      beginFrontMatter()
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
      beginTable(text, row, columns, at: source, into: &output)
      place = .skipped
    case .tableRule:
      endBlock(at: source, into: &output)
      context.isInTable = true
      table = MarkdownTable(columns: 0, isRead: options.tables == .read)
      place = .skipped
    case .tableRow(let row):
      read(row: row, of: text, at: source, into: &output)
      place = .skipped
      return row.upperBound
    case .footnote(let label):
      begin(.paragraph, line, at: source, into: &output)
      make(options.phrases.footnote + " ", at: source, into: &output)
      output.append(text, label)
      make(": ", at: source, into: &output)
      place = .text
    case .alert(let word):
      endBlock(at: source, into: &output)
      block = .heading
      let written = text[word].string
      make(
        written.prefix(1).uppercased() + written.dropFirst().lowercased(),
        at: text.source(of: word), into: &output)
      hasText = true
      endBlock(at: source, into: &output)
      place = .skipped
    }
    return line.content
  }

  private mutating func begin(
    _ mark: TextMark, _ line: MarkdownLine, at source: Range<Int>, into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    block = mark
    context.isInParagraph = mark != .heading
    if mark == .paragraph {
      // Text that stands further to the left is no part of a list any more.
      while let last = context.lists.last, line.indent < last { context.lists.removeLast() }
      if !context.lists.isEmpty { block = .item }
    } else {
      context.lists = context.lists.filter { line.indent >= $0 }
    }
  }

  private mutating func beginItem(
    _ line: MarkdownLine, _ text: SourcedText, at source: Range<Int>,
    into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    while let last = context.lists.last, line.indent < last { context.lists.removeLast() }
    context.lists.append(line.contentIndent)
    block = .item
    context.itemColumn = line.task == nil ? line.contentIndent : nil
    context.isInParagraph = line.task != nil
    if case .ordered(let number) = line.kind {
      output.append(text, number)
      make(". ", at: text.source(of: number.upperBound..<(number.upperBound + 1)), into: &output)
    }
    if let isDone = line.task {
      let word = isDone ? options.phrases.done : options.phrases.open
      make(word + ": ", at: source, into: &output)
      place = .text
    }
  }

  /// A line end within a paragraph is a blank.
  private mutating func goOn(into output: inout SourcedText) {
    guard let source = pendingBreak else { return }
    pendingBreak = nil
    guard hasText else { return }
    var made = SourcedText()
    made.append(" ", standingFor: source)
    say(into: &output) { $0.feed(made, into: &$1) }
  }

  // MARK: - Ends

  mutating func endBlock(at source: Range<Int>, into output: inout SourcedText) {
    say(into: &output) { $0.end(into: &$1) }
    defer {
      hasText = false
      pendingBreak = nil
      context.isInParagraph = false
      context.isInCode = false
      block = .paragraph
    }
    guard hasText else { return }
    let place = pendingBreak ?? source
    let last = tail.last.isCloser ? tail.before : tail.last
    let isClause = last.isClauseMark && last != "…"
    if block != .paragraph, !isStop(last), !isClause {
      output.append(".", standingFor: place.lowerBound..<place.lowerBound)
      tail = (tail.last, ".")
    }
    let isLoose = block == .paragraph || block == .heading || !isStop(tail.last)
    output.append(isLoose ? "\n\n" : "\n", standingFor: place)
    output.append(block)
  }

  mutating func finish(_ text: SourcedText, into output: inout SourcedText) {
    let end = text.place(text.count)
    if context.isInTable { endTable(end..<end, into: &output) }
    let wasAtEnd = pendingBreak == nil && block == .paragraph
    if wasAtEnd {
      // A text that does not end with a line end is not given one.
      say(into: &output) { $0.end(into: &$1) }
      if hasText { output.append(.paragraph) }
      hasText = false
    } else if let last = pendingBreak, block == .paragraph {
      // One that ends with one line end keeps it at that.
      say(into: &output) { $0.end(into: &$1) }
      if hasText {
        output.append("\n", standingFor: last)
        output.append(.paragraph)
      }
      hasText = false
    }
    endBlock(at: end..<end, into: &output)
    context = MarkdownContext()
    place = .lineStart
  }

  // MARK: - Code

  private mutating func nameCode(at source: Range<Int>, into output: inout SourcedText) {
    guard options.code == .name else { return }
    make(options.phrases.code + ".\n\n", at: source, into: &output)
    output.append(.paragraph)
  }

  mutating func endCodeLine(_ text: SourcedText, _ newline: Int, into output: inout SourcedText) {
    guard hasText else { return }
    output.append(text, newline..<(newline + 1))
    output.append(.line)
  }

  func make(_ words: String, at source: Range<Int>, into output: inout SourcedText) {
    output.append(words, standingFor: source)
  }
}
