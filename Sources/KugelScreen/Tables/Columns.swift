import KugelText

/// Left-aligned columns, two blanks apart, nothing behind the last.
package enum Columns {
  /// Columns of a terminal that has said nothing of its own.
  package static let usualWidth = 80
  /// No column is made narrower.
  private static let narrowest = 12

  /// - Parameter width: nil sets one row on one line, as programs want it; otherwise the widest column
  ///   is broken at its blanks, so that the table is no wider.
  package static func text(_ rows: [[String]], within width: Int? = nil) -> String {
    let rows = rows.map { $0.map(\.printable) }
    let count = rows.map(\.count).max() ?? 0
    var widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? CellWidth.of($0[column]) : 0 }.max() ?? 0
    }
    if let width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      let surplus = widths.reduce(2 * (count - 1), +) - width
      if surplus > 0 { widths[widest] = max(narrowest, widths[widest] - surplus) }
    }
    return rows.map { row in lines(of: row, widths).joined() }.joined()
  }

  private static func lines(of row: [String], _ widths: [Int]) -> [String] {
    let cells = row.enumerated().map { column, cell in broken(cell, at: widths[column]) }
    let height = cells.map(\.count).max() ?? 1
    return (0..<max(1, height)).map { line in
      let texts = cells.map { line < $0.count ? $0[line] : "" }
      let last = texts.lastIndex { !$0.isEmpty } ?? 0
      return texts.prefix(last + 1).enumerated().map { column, text in
        column == last ? text : padded(text, to: widths[column] + 2)
      }.joined() + "\n"
    }
  }

  /// At blanks; a word that is too long stays whole.
  private static func broken(_ cell: String, at width: Int) -> [String] {
    guard CellWidth.of(cell) > width else { return [cell] }
    var lines: [String] = []
    // A cell's own indent is part of how the table looks.
    var line = String(cell.prefix { $0 == " " })
    var isEmpty = true
    for word in cell.split(separator: " ") {
      if !isEmpty, CellWidth.of(line) + 1 + CellWidth.of(word) > width {
        lines.append(line)
        (line, isEmpty) = ("", true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}

/// - Parameter width: columns of a terminal.
package func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - CellWidth.of(text)))
}
