import KugelText

/// A table as far as it was read.
struct MarkdownTable: Equatable, Sendable {
  var columns = 0
  /// Its rows are said.
  var isRead = false
  var rows = 0
}

extension MarkdownStage {
  mutating func beginTable(
    _ text: SourcedText, _ row: Range<Int>, _ columns: Int, at source: Range<Int>,
    into output: inout SourcedText
  ) {
    endBlock(at: source, into: &output)
    context.isInTable = true
    let isSmall = columns <= MarkdownOptions.widestTable
    table = MarkdownTable(columns: columns, isRead: options.tables == .read && isSmall)
    guard options.tables != .skip else { return }
    let phrases = options.phrases
    guard table.isRead else {
      make("\(phrases.table), \(columns) \(phrases.columns).\n\n", at: source, into: &output)
      output.append(.paragraph)
      return
    }
    make("\(phrases.table): ", at: source, into: &output)
    say(row: row, of: text, into: &output)
  }

  mutating func read(
    row: Range<Int>, of text: SourcedText, at source: Range<Int>, into output: inout SourcedText
  ) {
    table.rows += 1
    guard table.isRead, table.rows <= MarkdownOptions.longestTable else { return }
    say(row: row, of: text, into: &output)
  }

  mutating func endTable(_ source: Range<Int>, into output: inout SourcedText) {
    context.isInTable = false
    let left = table.rows - MarkdownOptions.longestTable
    if table.isRead, left > 0 {
      make("\(left) \(options.phrases.moreRows).", at: source, into: &output)
    }
    guard options.tables != .skip, table.isRead else { return }
    make("\n", at: source, into: &output)
    output.append(.paragraph)
  }

  private mutating func say(
    row: Range<Int>, of text: SourcedText, into output: inout SourcedText
  ) {
    var isFirst = true
    var last: Unicode.Scalar = " "
    for cell in Self.cells(text.scalars, row) {
      let said = MarkdownInline.whole(text[cell], options)
      guard said.scalars.contains(where: { !$0.isWhite }) else { continue }
      let place = text.place(cell.lowerBound)
      if !isFirst { output.append(", ", standingFor: place..<place) }
      isFirst = false
      output.append(said)
      last = said.scalars.last { !$0.isWhite } ?? last
    }
    guard !isFirst else { return }
    let end = text.place(row.upperBound)
    output.append(isStop(last) ? "\n" : ".\n", standingFor: end..<end)
    output.append(.row)
  }

  /// The cells of a row without the white space round them; bars that are escaped or between backticks
  /// divide none.
  private static func cells(_ scalars: [Unicode.Scalar], _ row: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    var index = start
    var isInCode = false
    while index <= row.upperBound {
      let isEnd = index == row.upperBound
      if isEnd || scalars[index] == "|" && !isInCode {
        var (low, high) = (start, index)
        while low < high, scalars[low].isWhite { low += 1 }
        while low < high, scalars[high - 1].isWhite { high -= 1 }
        if low < high { cells.append(low..<high) }
        start = index + 1
      } else if scalars[index] == "\\", index + 1 < row.upperBound {
        index += 1
      } else if scalars[index] == "`" {
        isInCode.toggle()
      }
      index += 1
    }
    return cells
  }
}
