import KugelText

/// A table as far as it was read.
struct MarkdownTable {
  private let options: MarkdownOptions
  /// Its rows are said.
  private let isRead: Bool
  private var rows = 0

  /// - Parameter columns: nil where they are not known.
  init(_ options: MarkdownOptions, columns: Int? = nil) {
    self.options = options
    isRead = options.tables == .read && columns ?? 0 <= MarkdownOptions.widestTable
  }

  /// Names it, and says its head.
  func begin(
    _ text: SourcedText, _ row: Range<Int>, columns: Int, at source: Range<Int>,
    into output: inout SourcedText
  ) {
    guard options.tables != .skip else { return }
    let phrases = options.phrases
    guard isRead else {
      output.append(
        "\(phrases.table), \(phrases.counted(columns: columns)).\n\n", standingFor: source)
      output.append(.paragraph)
      return
    }
    output.append("\(phrases.table): ", standingFor: source)
    say(row: row, of: text, into: &output)
  }

  mutating func read(row: Range<Int>, of text: SourcedText, into output: inout SourcedText) {
    rows += 1
    guard isRead, rows <= MarkdownOptions.longestTable else { return }
    say(row: row, of: text, into: &output)
  }

  func end(at source: Range<Int>, into output: inout SourcedText) {
    let left = rows - MarkdownOptions.longestTable
    if isRead, left > 0 {
      output.append("\(options.phrases.counted(moreRows: left)).", standingFor: source)
    }
    guard options.tables != .skip, isRead else { return }
    output.append("\n", standingFor: source)
    output.append(.paragraph)
  }

  private func say(row: Range<Int>, of text: SourcedText, into output: inout SourcedText) {
    var isFirst = true
    var last: Unicode.Scalar = " "
    let cells = Self.cells(text.scalars, row)
    guard cells.contains(where: { !$0.isEmpty }) else { return }
    for cell in cells {
      let place = text.place(cell.lowerBound)
      var said = MarkdownInline.whole(text[cell], options)
      if !said.scalars.contains(where: { !$0.isWhite }) {
        // Else the cells behind it would be heard as those of other columns.
        said = SourcedText()
        said.append(options.phrases.empty, standingFor: place..<place)
      }
      if !isFirst { output.append(", ", standingFor: place..<place) }
      isFirst = false
      output.append(said)
      last = said.scalars.last { !$0.isWhite } ?? last
    }
    guard !isFirst else { return }
    let end = text.place(row.upperBound)
    output.append(last.sentenceMark == nil ? ".\n" : "\n", standingFor: end..<end)
    output.append(.row)
  }

  /// The cells of a row, also empty ones, without the white space round them; bars that are escaped or between backticks
  /// divide none.
  private static func cells(_ scalars: [Unicode.Scalar], _ row: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    let row = inner(scalars, row)
    var start = row.lowerBound
    var index = start
    var isInCode = false
    while index <= row.upperBound {
      let isEnd = index == row.upperBound
      if isEnd || scalars[index] == "|" && !isInCode {
        var (low, high) = (start, index)
        while low < high, scalars[low].isWhite { low += 1 }
        while low < high, scalars[high - 1].isWhite { high -= 1 }
        cells.append(low..<high)
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

  /// A row without the bars round it.
  private static func inner(_ scalars: [Unicode.Scalar], _ row: Range<Int>) -> Range<Int> {
    var (low, high) = (row.lowerBound, row.upperBound)
    while low < high, scalars[low].isWhite { low += 1 }
    while low < high, scalars[high - 1].isWhite { high -= 1 }
    if low < high, scalars[low] == "|" { low += 1 }
    if low < high, scalars[high - 1] == "|", high - low < 2 || scalars[high - 2] != "\\" {
      high -= 1
    }
    return low..<high
  }
}
