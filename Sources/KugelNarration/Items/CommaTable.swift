/// A table of comma separated values: RFC 4180, with line ends of any kind, and semicolons where the
/// head has no comma.
struct CommaTable {
  struct Row: Equatable {
    /// On which it begins, from 1.
    var line: Int
    /// Scalars before it.
    var offset: Int
    var fields: [String]
  }

  /// Those that are not empty; the head first.
  private(set) var rows: [Row] = []
  /// The line of a quote that is never closed; what stands behind it is in no row.
  private(set) var openQuote: Int?

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    let head = scalars.prefix { $0 != "\n" }
    let separator: Unicode.Scalar = head.contains(",") || !head.contains(";") ? "," : ";"
    var row = Row(line: 1, offset: 0, fields: [])
    var field = String.UnicodeScalarView()
    var (line, index, isQuoted, quoteLine) = (1, 0, false, 1)
    func endRow(at next: Int) {
      row.fields.append(String(field))
      field = String.UnicodeScalarView()
      if row.fields.contains(where: { !$0.isEmpty }) { rows.append(row) }
      row = Row(line: line, offset: next, fields: [])
    }
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == "\n" { line += 1 }
      if isQuoted {
        if scalar == "\"", next == "\"" {
          field.append(scalar)
          index += 1
        } else if scalar == "\"" {
          isQuoted = false
        } else {
          field.append(scalar)
        }
      } else if scalar == "\"", field.isEmpty {
        (isQuoted, quoteLine) = (true, line)
      } else if scalar == separator {
        row.fields.append(String(field))
        field = String.UnicodeScalarView()
      } else if scalar == "\n" {
        endRow(at: index + 1)
      } else if scalar != "\r" || next != "\n" {
        field.append(scalar)
      }
      index += 1
    }
    if isQuoted {
      openQuote = quoteLine
    } else if !field.isEmpty || !row.fields.isEmpty {
      endRow(at: index)
    }
  }
}
