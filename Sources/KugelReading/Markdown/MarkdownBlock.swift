import KugelText

/// What is said of a block of Markdown: its words, the stop that it may lack, and the mark at its end.
struct MarkdownBlock {
  private var inline: StageStep
  /// What ends with it.
  private var mark = TextMark.paragraph
  /// Something of it was said.
  private var hasText = false
  /// The last two scalars said that are no white space.
  private var tail: (before: Unicode.Scalar, last: Unicode.Scalar) = (" ", " ")
  /// The place in the source of a line end that may go on as a blank.
  private var pendingBreak: Range<Int>?

  init(_ options: MarkdownOptions) { inline = StageStep(MarkdownInline(options)) }

  var heldCount: Int { inline.heldCount }
  var isHeading: Bool { mark == .heading }

  /// - Parameter mark: what ends with it.
  mutating func begin(_ mark: TextMark) { self.mark = mark }

  // MARK: - Saying

  /// Reads marks of Markdown within it.
  mutating func feed(_ text: SourcedText, into output: inout SourcedText) {
    say(into: &output) { $0.feed(text, into: &$1) }
  }

  mutating func pause(into output: inout SourcedText) {
    say(into: &output) { $0.pause(into: &$1) }
  }

  private mutating func say(
    into output: inout SourcedText, _ act: (inout StageStep, inout SourcedText) -> Void
  ) {
    let before = output.count
    act(&inline, &output)
    note(output, from: before)
  }

  /// Copies what is no Markdown.
  mutating func copy(_ text: SourcedText, into output: inout SourcedText) {
    let before = output.count
    LiteralBracket.append(text, 0..<text.count, into: &output)
    note(output, from: before)
  }

  /// Words that stand for something in the source, and are all of the block.
  mutating func make(
    _ words: String, at source: Range<Int>, into output: inout SourcedText
  ) {
    output.append(words, standingFor: source)
    hasText = true
  }

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

  // MARK: - Ends of lines

  /// The line ended at this place; the block may go on.
  mutating func endLine(at source: Range<Int>) { pendingBreak = source }

  /// A line end within a paragraph is a blank.
  mutating func goOn(into output: inout SourcedText) {
    guard let source = pendingBreak else { return }
    pendingBreak = nil
    guard hasText else { return }
    var made = SourcedText()
    made.append(" ", standingFor: source)
    feed(made, into: &output)
  }

  /// A line end that was meant as one.
  mutating func breakLine(at source: Range<Int>, into output: inout SourcedText) {
    var made = SourcedText()
    made.append("\n", standingFor: source)
    made.append(.line)
    feed(made, into: &output)
  }

  /// - Parameter newline: of a line of code.
  func endCodeLine(_ newline: SourcedText, into output: inout SourcedText) {
    guard hasText else { return }
    output.append(newline, 0..<newline.count)
    output.append(.line)
  }

  // MARK: - The end

  mutating func end(at source: Range<Int>, into output: inout SourcedText) {
    say(into: &output) { $0.end(into: &$1) }
    defer { (hasText, pendingBreak, mark) = (false, nil, .paragraph) }
    guard hasText else { return }
    let place = pendingBreak ?? source
    let last = tail.last.isCloser ? tail.before : tail.last
    let isClause = last.isClauseMark && last != "…"
    if mark != .paragraph, last.sentenceMark == nil, !isClause {
      output.append(".", standingFor: place.lowerBound..<place.lowerBound)
      tail = (tail.last, ".")
    }
    let isLoose = mark == .paragraph || mark == .heading || tail.last.sentenceMark == nil
    output.append(isLoose ? "\n\n" : "\n", standingFor: place)
    output.append(mark)
  }

  /// The text ends, with the block.
  mutating func finish(at source: Range<Int>, into output: inout SourcedText) {
    if mark == .paragraph {
      // A text has the line end at its end that it was given, or none.
      say(into: &output) { $0.end(into: &$1) }
      if hasText {
        if let pendingBreak { output.append("\n", standingFor: pendingBreak) }
        output.append(.paragraph)
      }
      hasText = false
    }
    end(at: source, into: &output)
  }
}
