/// Where in the input a run has come to. Places count Unicode scalars from 0, lines from 1.
package struct SourcePlaces: Sendable {
  private struct Line {
    var start: Int
    var number: Int
  }

  /// Of the input, read so far.
  package private(set) var taken = 0
  /// The lines that are read and of which something may still be said, and where they begin.
  private var lines = [Line(start: 0, number: 1)]

  package init() {}

  /// A text that is its own source, and is read now.
  package func verbatim(_ text: String) -> SourceMap {
    var map = SourceMap()
    map.copy(taken..<taken + text.unicodeScalars.count)
    return map
  }

  /// Input was read: what follows stands behind it.
  package mutating func passed(_ text: String) {
    for scalar in text.unicodeScalars {
      taken += 1
      if scalar == "\n" { begin((lines.last?.number ?? 0) + 1) }
    }
  }

  package mutating func moved(toLine line: Int) { begin(line) }
  package mutating func moved(to place: Int) {
    let line = lines.last?.number ?? 1
    taken = place
    begin(line)
  }

  private mutating func begin(_ line: Int) {
    while let last = lines.last, last.start >= taken { lines.removeLast() }
    lines.append(Line(start: taken, number: line))
  }

  /// The line of what is said now; what is said later stands behind it.
  package mutating func line(at place: Int) -> Int {
    if let index = lines.lastIndex(where: { $0.start <= place }) { lines.removeFirst(index) }
    return lines.first?.number ?? 1
  }
}
