/// The lines of a text with their numbers and places, without their ends.
package struct NumberedLines: Sequence, IteratorProtocol {
  package struct Line: Equatable, Sendable {
    /// From 1.
    package var number: Int
    /// Scalars before it.
    package var offset: Int
    package var text: String
  }

  private var rest: Substring.UnicodeScalarView
  private var number = 0
  private var offset = 0

  package init(_ text: String) { rest = Substring(text).unicodeScalars }

  package mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    number += 1
    var line = rest.prefix { $0 != "\n" }
    let start = offset
    let count = line.count
    let hasEnd = line.endIndex < rest.endIndex
    offset += count + (hasEnd ? 1 : 0)
    rest = rest[(hasEnd ? rest.index(after: line.endIndex) : line.endIndex)...]
    if line.last == "\r" { line.removeLast() }
    return Line(number: number, offset: start, text: String(Substring(line)))
  }
}
