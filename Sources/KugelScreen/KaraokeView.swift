/// Draws the line of the text that is being heard; lines before it have scrolled up. Pure: what to write
/// comes out, nothing is written.
package struct KaraokeView {
  private var lineStart = 0
  private var drawn = ""
  private var drawnCells = 0
  private var drawnWidth = 0

  private static let erase = "\r\u{1B}[K"

  package init() {}

  /// - Parameters:
  ///   - mark: what is being heard.
  ///   - width: columns of the terminal.
  /// - Returns: what brings the terminal up to date; empty when nothing changed.
  package mutating func show(_ text: [Unicode.Scalar], mark: Range<Int>, width: Int) -> String {
    var output = ""
    var line = Self.line(of: text, from: lineStart, width: width)
    while mark.lowerBound >= line.next, line.next > lineStart, line.next < text.count {
      output += clear(width) + String(text[line.range]) + "\r\n"
      (lineStart, drawn, drawnCells) = (line.next, "", 0)
      line = Self.line(of: text, from: lineStart, width: width)
    }
    let styled = Self.styled(text, line.range, mark: mark)
    guard styled != drawn || width != drawnWidth else { return output }
    output += clear(width) + styled
    (drawn, drawnWidth) = (styled, width)
    drawnCells = CellWidth.of(String(text[line.range]))
    return output
  }

  /// Everything up to `end` has been heard: the rest of it, unmarked, and a new line.
  package mutating func finish(_ text: [Unicode.Scalar], end: Int, width: Int) -> String {
    var output = ""
    while lineStart < min(end, text.count) {
      let line = Self.line(of: text, from: lineStart, width: width)
      output += clear(width) + String(text[line.range]) + "\r\n"
      (drawn, drawnCells) = ("", 0)
      guard line.next > lineStart else { break }
      lineStart = line.next
    }
    return output
  }

  /// Makes room for a message; the line is drawn again with the next `show`.
  package mutating func hide(width: Int) -> String {
    guard !drawn.isEmpty else { return "" }
    defer { (drawn, drawnCells) = ("", 0) }
    return clear(width)
  }

  /// A terminal that became narrower has broken the line into several.
  private func clear(_ width: Int) -> String {
    let rows = width > 0 && width < drawnWidth ? max(0, drawnCells - 1) / width : 0
    return rows == 0 ? Self.erase : "\u{1B}[\(rows)A\r\u{1B}[J"
  }

  /// One line: what is shown, and where the next begins. Breaks at white space, at new lines, and within
  /// words that are too long.
  package static func line(
    of text: [Unicode.Scalar], from start: Int, width: Int
  ) -> (range: Range<Int>, next: Int) {
    let room = max(2, width - 1)
    var (position, cells) = (start, 0)
    var lastBreak: (end: Int, next: Int)?
    let limit = min(text.count, start + 8 * room)
    for character in String(text[start..<limit]) {
      let size = character.unicodeScalars.count
      if character.isNewline { return (start..<position, position + size) }
      let width = CellWidth.of(character)
      if character.isWhitespace { lastBreak = (position, position + size) }
      if cells + width > room {
        if let lastBreak { return (start..<lastBreak.end, lastBreak.next) }
        return (start..<position, position)
      }
      cells += width
      position += size
    }
    return (start..<position, position)
  }

  /// Heard text as it is, the mark in reverse, what comes dim.
  private static func styled(
    _ text: [Unicode.Scalar], _ line: Range<Int>, mark: Range<Int>
  ) -> String {
    let part = { (range: Range<Int>) in String(text[range.clamped(to: line)]) }
    let (before, marked) = (part(0..<mark.lowerBound), part(mark))
    let after = part(mark.upperBound..<max(mark.upperBound, text.count))
    return before + (marked.isEmpty ? "" : "\u{1B}[7m\(marked)\u{1B}[27m")
      + (after.isEmpty ? "" : "\u{1B}[2m\(after)\u{1B}[22m")
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
