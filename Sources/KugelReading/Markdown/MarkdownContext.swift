import KugelText

/// What the lines before mean for the next one.
struct MarkdownContext {
  private(set) var isInParagraph = false
  var isInTable = false
  /// Columns before the text of a list's item whose first line is read: it may begin with any block.
  private(set) var itemColumn: Int?
  var isAtStart = false
  var isInCode = false
  /// What is indented belongs to a footnote.
  var isInFootnote = false
  var fence: (mark: Unicode.Scalar, count: Int, quoteDepth: Int)?
  /// Of the quotation that the paragraph stands in.
  private var quoteDepth = 0
  /// Columns before the text of the lists that are open, outermost first.
  private(set) var lists: [Int] = []

  /// A line begins.
  ///
  /// - Returns: whether it is the first of a list's item.
  mutating func beginLine() -> Bool {
    defer { itemColumn = nil }
    return itemColumn != nil
  }

  /// - Returns: whether a quotation begins with this line, which ends the paragraph before it. A line of it
  ///   may have lost its mark.
  mutating func beginsQuotation(with line: MarkdownLine) -> Bool {
    let isText = line.kind == .text && isInParagraph && fence == nil
    guard !isText || line.quoteDepth > quoteDepth else { return false }
    quoteDepth = line.kind == .blank ? 0 : line.quoteDepth
    return isText
  }

  /// A line that is not blank may end the footnote before it.
  mutating func leaveFootnote(for line: MarkdownLine) {
    if line.indent < 4, fence == nil, !(isInParagraph && line.kind == .text) {
      isInFootnote = false
    }
  }

  /// - Parameter indent: columns before the block's first line.
  /// - Returns: what ends with the block.
  mutating func begin(_ mark: TextMark, indent: Int) -> TextMark {
    isInParagraph = mark != .heading
    guard mark == .paragraph else {
      lists = lists.filter { indent >= $0 }
      return mark
    }
    // Text that stands further to the left is no part of a list any more.
    while let last = lists.last, indent < last { lists.removeLast() }
    return lists.isEmpty ? .paragraph : .item
  }

  mutating func beginItem(_ line: MarkdownLine) {
    while let last = lists.last, line.indent < last { lists.removeLast() }
    lists.append(line.contentIndent)
    itemColumn = line.task == nil ? line.contentIndent : nil
    isInParagraph = line.task != nil
  }

  /// The item's first line is text.
  mutating func beginItemText() { isInParagraph = true }

  /// A footnote that is left out begins or goes on: a line of text behind it without an empty one between is
  /// part of it.
  mutating func passOverFootnote(isText: Bool) { (isInFootnote, isInParagraph) = (true, isText) }

  mutating func endBlock() { (isInParagraph, isInCode) = (false, false) }
}
