import KugelText

/// What a line of Markdown begins, as far as its first scalars tell.
struct MarkdownLine: Equatable {
  enum Kind: Equatable {
    case blank
    case text
    case heading
    /// Makes a heading of the paragraph before it.
    case underline
    case thematicBreak
    case fence(mark: Unicode.Scalar, count: Int)
    case closingFence
    case code
    case bullet
    /// - number: the place of its digits.
    case ordered(number: Range<Int>)
    /// A table's first row, and the line under it.
    case tableHead(row: Range<Int>, columns: Int)
    case tableRow(Range<Int>)
    /// The line under a first row that was taken for text.
    case tableRule
    case definition
    case footnote(label: Range<Int>)
    /// `[!NOTE]` at a quotation's start.
    case alert(word: Range<Int>)
    /// The line is not understood until more of it is here.
    case frontMatter
  }

  var kind: Kind
  /// Where its own text begins, behind its marks.
  var content: Int
  /// Columns before its marks.
  var indent = 0
  /// Columns before its text.
  var contentIndent = 0
  var quoteDepth = 0
  /// Of a list's item: the box of a task, ticked or not.
  var task: Bool?
}

/// Reads the beginning of a line.
struct MarkdownLineReader {
  /// A table's row may wait for its end; it is a table's almost always.
  static let longestRow = 512

  var look: Lookahead
  private let start: Int
  let context: MarkdownContext
  var index: Int
  private var column = 0
  private var quoteDepth = 0
  /// Columns before the text of the list's item that a quotation stands in.
  private var quoteBase = 0

  init(_ look: Lookahead, at start: Int, in context: MarkdownContext) {
    self.look = look
    self.start = start
    self.context = context
    index = start
  }

  mutating func read() -> MarkdownLine {
    if let fence = context.fence { return inFence(fence) }
    if let start = context.itemColumn { return inItem(start) }
    skipQuotes(upTo: .max)
    let indent = quoteBase + column
    if isEnd(index) { return line(.blank, indent: indent) }
    let base = context.lists.last { $0 <= indent } ?? (context.isInFootnote ? min(indent, 4) : 0)
    let isDeep = indent - base >= 4
    if isDeep, !context.isInParagraph { return line(.code, indent: indent) }
    guard !isDeep || !context.lists.isEmpty else { return line(.text, indent: indent) }
    if !isDeep, let found = block(indent) { return found }
    if let found = item(indent) { return found }
    return table(indent) ?? line(.text, indent: indent)
  }

  private mutating func inItem(_ start: Int) -> MarkdownLine {
    column = start
    skipQuotes(upTo: .max)
    if isEnd(index) { return line(.text, indent: column) }
    return block(column) ?? item(column) ?? line(.text, indent: column)
  }

  // MARK: - Parts

  func line(_ kind: MarkdownLine.Kind, indent: Int) -> MarkdownLine {
    MarkdownLine(
      kind: kind, content: index, indent: indent, contentIndent: column, quoteDepth: quoteDepth)
  }

  private mutating func skipBlanks() {
    while let scalar = look.at(index), scalar == " " || scalar == "\t" {
      column += scalar == "\t" ? 4 - column % 4 : 1
      index += 1
    }
  }

  /// A quotation's marks do not count as columns.
  private mutating func skipQuotes(upTo depth: Int) {
    skipBlanks()
    // A quotation in a list's item stands as deep as the item.
    let base = context.lists.last { $0 <= column } ?? 0
    while quoteDepth < depth, column - (quoteDepth == 0 ? base : 0) < 4, look.at(index) == ">" {
      if quoteDepth == 0 { quoteBase = base }
      quoteDepth += 1
      index += 1
      column = 0
      if look.at(index) == " " { index += 1 }
      skipBlanks()
    }
  }

  /// Nothing but white space until the line's end.
  private mutating func isEnd(_ from: Int) -> Bool {
    let end = look.skip(from) { $0 == " " || $0 == "\t" }
    return look.at(end) == nil || look.at(end) == "\n"
  }

  private mutating func inFence(
    _ fence: (mark: Unicode.Scalar, count: Int, quoteDepth: Int)
  ) -> MarkdownLine {
    skipQuotes(upTo: fence.quoteDepth)
    if quoteDepth < fence.quoteDepth {
      // The quotation has ended, and the code in it.
      index = start
      return line(.closingFence, indent: -1)
    }
    let end = look.skip(index) { $0 == fence.mark }
    if end - index >= fence.count, isEnd(end) {
      index = end
      return line(.closingFence, indent: column)
    }
    return line(.text, indent: column)
  }

  private mutating func block(_ indent: Int) -> MarkdownLine? {
    guard let first = look.at(index) else { return nil }
    switch first {
    case "#":
      let end = look.skip(index) { $0 == "#" }
      guard end - index <= 6, look.at(end).map({ $0.isWhite }) ?? true else { return nil }
      index = look.skip(end) { $0 == " " || $0 == "\t" }
      return line(.heading, indent: indent)
    case "`", "~":
      return fence(first, indent)
    case "=":
      let end = look.skip(index) { $0 == "=" }
      return context.isInParagraph && isEnd(end) ? line(.underline, indent: indent) : nil
    case "-", "*", "_":
      return rule(first, indent)
    case "[":
      // A footnote goes before the paragraph that it follows; a definition is none there.
      return context.isInParagraph && look.at(index + 1) != "^" ? nil : bracket(indent)
    default:
      return nil
    }
  }

  private mutating func fence(_ mark: Unicode.Scalar, _ indent: Int) -> MarkdownLine? {
    let end = look.skip(index) { $0 == mark }
    guard end - index >= 3 else { return nil }
    if mark == "`" {
      // A backtick behind it makes it words between backticks.
      let limit = end + Lookahead.limit
      var place = end
      while place < limit, let scalar = look.at(place), scalar != "\n" {
        if scalar == "`" { return nil }
        place += 1
      }
    }
    let count = end - index
    index = end
    return line(.fence(mark: mark, count: count), indent: indent)
  }

  private mutating func rule(_ mark: Unicode.Scalar, _ indent: Int) -> MarkdownLine? {
    var place = index
    var count = 0
    var isSpaced = false
    while let scalar = look.at(place), scalar == mark || scalar == " " || scalar == "\t" {
      if scalar == mark { count += 1 } else if !isEnd(place) { isSpaced = true }
      place += 1
    }
    guard look.at(place) == nil || look.at(place) == "\n" else { return nil }
    if mark == "-", context.isInParagraph, !isSpaced { return line(.underline, indent: indent) }
    guard count >= 3 else { return nil }
    if mark == "-", context.isAtStart, count == 3, !isSpaced, isFrontMatter(place + 1) {
      return line(.frontMatter, indent: indent)
    }
    return line(.thematicBreak, indent: indent)
  }

  /// Whether a line like "title: x" follows.
  private mutating func isFrontMatter(_ start: Int) -> Bool {
    let end = look.skip(start) { $0.isWordPart || $0 == "_" || $0 == "-" }
    return end > start && look.at(end) == ":"
  }

  private mutating func bracket(_ indent: Int) -> MarkdownLine? {
    let limit = index + Lookahead.limit
    var end = index + 1
    while end < limit, let scalar = look.at(end), scalar != "]", scalar != "[", scalar != "\n" {
      end += 1
    }
    guard end < limit, look.at(end) == "]" else { return nil }
    if look.at(index + 1) == "!", quoteDepth > 0, isEnd(end + 1) {
      let word = (index + 2)..<end
      index = end + 1
      return line(.alert(word: word), indent: indent)
    }
    guard end > index + 1, look.at(end + 1) == ":" else { return nil }
    if look.at(index + 1) == "^" {
      let label = (index + 2)..<end
      index = look.skip(end + 2) { $0 == " " || $0 == "\t" }
      return line(.footnote(label: label), indent: indent)
    }
    return definition(from: end + 2, indent)
  }

  /// The target of a definition, and its title, may stand on lines of their own.
  private mutating func definition(from start: Int, _ indent: Int) -> MarkdownLine? {
    var target = look.skip(start) { $0 == " " || $0 == "\t" }
    if look.at(target) == "\n" { target = look.skip(target + 1) { $0 == " " || $0 == "\t" } }
    guard let scalar = look.at(target), scalar != "\n" else { return nil }
    index = target
    let end = look.skip(target) { !$0.isWhite }
    let newline = look.skip(end) { $0 == " " || $0 == "\t" }
    if look.at(newline) == "\n" {
      let title = look.skip(newline + 1) { $0 == " " || $0 == "\t" }
      if let quote = look.at(title), quote == "\"" || quote == "'" {
        let closing = look.skip(title + 1) { $0 != quote && $0 != "\n" }
        if look.at(closing) == quote, isEnd(closing + 1) { index = closing + 1 }
      }
    }
    return line(.definition, indent: indent)
  }

  private mutating func item(_ indent: Int) -> MarkdownLine? {
    guard let first = look.at(index) else { return nil }
    var number: Range<Int>?
    var end = index + 1
    if first.isDigit, first.isASCII {
      end = look.skip(index) { $0.isDigit && $0.isASCII }
      guard end - index <= 9, let mark = look.at(end), mark == "." || mark == ")" else {
        return nil
      }
      // Within a paragraph only a list that begins at one is a list.
      if context.isInParagraph, context.lists.isEmpty, end - index != 1 || first != "1" {
        return nil
      }
      number = index..<end
      end += 1
    } else if first != "-", first != "*", first != "+", first != "•" {
      return nil
    }
    guard let next = look.at(end) else {
      return nil
    }
    guard next.isWhite, !(next == "\n" && context.isInParagraph) else { return nil }
    column += end - index
    index = end
    let before = column
    skipBlanks()
    if column - before > 4 { column = before + 1 }
    var found = line(number.map { .ordered(number: $0) } ?? .bullet, indent: indent)
    found.contentIndent = column
    if look.at(index) == "[", let box = look.at(index + 1), look.at(index + 2) == "]",
      box == " " || box == "x" || box == "X", look.at(index + 3)?.isWhite ?? false
    {
      found.task = box != " "
      found.content = look.skip(index + 3) { $0 == " " || $0 == "\t" }
    }
    return found
  }
}
