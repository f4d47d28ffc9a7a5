import KugelText

// The rows of tables.
extension MarkdownLineReader {
  mutating func table(_ indent: Int) -> MarkdownLine? {
    if context.isInTable {
      let end = lineEnd(index)
      return line(.tableRow(index..<end), indent: indent)
    }
    if look.at(index) == "|" {
      let end = lineEnd(index)
      guard look.at(end) == "\n", let columns = rule(under: end + 1) else { return nil }
      let row = index..<end
      index = columns.end
      return line(.tableHead(row: row, columns: columns.count), indent: indent)
    }
    if let found = barlessTable(indent) { return found }
    // A first row whose first cell is too long to wait for has been read as text.
    guard context.isInParagraph, let first = look.at(index), first == ":" || first == "-",
      let columns = rule(under: index), columns.count > 1
    else { return nil }
    index = columns.end
    return line(.tableRule, indent: indent)
  }

  /// A table whose rows have no bar at their start. The first cell must be a few words without any mark, so
  /// that sentences do not wait for their fourth one. Where it is not, the line under it still tells.
  private mutating func barlessTable(_ indent: Int) -> MarkdownLine? {
    guard look.at(index)?.isWordPart ?? false else { return nil }
    let limit = index + Self.longestFirstCell
    var bar = index
    var blanks = 0
    var isAfterBlank = false
    while bar < limit, let scalar = look.at(bar), Self.mayStandInHead(scalar) {
      if isAfterBlank, scalar != " " { blanks += 1 }
      isAfterBlank = scalar == " "
      guard blanks <= Self.mostBlanksInHead, !(scalar.isEastAsian && bar - index > 8) else {
        return nil
      }
      bar += 1
    }
    guard bar < limit, look.at(bar) == "|" else { return nil }
    let end = lineEnd(index)
    guard look.at(end) == "\n", let columns = rule(under: end + 1), columns.count > 1 else {
      return nil
    }
    let row = index..<end
    index = columns.end
    return line(.tableHead(row: row, columns: columns.count), indent: indent)
  }

  private static let longestFirstCell = 24
  private static let mostBlanksInHead = 2

  private static func mayStandInHead(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWordPart || scalar == " " || scalar == "-" || scalar == "/" || scalar == "#"
      || scalar == "%" || scalar == "(" || scalar == ")"
  }

  private mutating func lineEnd(_ start: Int) -> Int { look.skip(start) { $0 != "\n" } }

  /// A line of dashes, colons and bars.
  private mutating func rule(under start: Int) -> (count: Int, end: Int)? {
    var place = start
    var columns = 0
    var isInCell = false
    var hasDash = false
    while let scalar = look.at(place), scalar != "\n" {
      switch scalar {
      case "-", ":":
        if !isInCell { columns += 1 }
        isInCell = true
        if scalar == "-" { hasDash = true }
      case "|": isInCell = false
      case " ", "\t", ">": break
      default: return nil
      }
      place += 1
    }
    return hasDash && columns > 0 ? (columns, place) : nil
  }
}
