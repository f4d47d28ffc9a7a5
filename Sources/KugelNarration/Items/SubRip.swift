import KugelText
import KugelWire

/// A file of subtitles, read: what is shown when.
///
/// Source: SubRip, as its readers take it.
package struct SubRip: Equatable, Sendable {
  package struct Cue: Equatable, Sendable {
    /// Of the file, from 1.
    package var line: Int
    /// Seconds.
    package var from: Double
    package var to: Double
    /// Scalars of the file that are text, in order.
    package var parts: [Range<Int>] = []
  }

  package private(set) var cues: [Cue] = []
  package private(set) var problems: [ListProblem] = []

  package init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    let lines = Array(NumberedLines(text))
    var isOpen = false
    for (index, line) in lines.enumerated() {
      if line.text.contains("-->") {
        isOpen = open(line)
      } else if line.text.allSatisfy(\.isWhitespace) {
        isOpen = false
      } else if isOpen, !Self.isNumber(line.text, before: lines.dropFirst(index + 1).first) {
        let range = line.offset..<line.offset + line.text.unicodeScalars.count
        cues[cues.count - 1].parts += Self.spoken(scalars, in: range)
      }
    }
  }

  private mutating func open(_ line: NumberedLines.Line) -> Bool {
    let sides = line.text.split(separator: "-->", maxSplits: 1, omittingEmptySubsequences: false)
    // Where a cue stands on the screen may follow its times.
    let ending = sides[1].split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    guard let from = Self.seconds(String(sides[0]).trimmed), let to = Self.seconds(ending) else {
      problems.append(ListProblem(line: line.number, cause: "its times cannot be read"))
      return false
    }
    guard from < to else {
      problems.append(ListProblem(line: line.number, cause: "it ends before it begins"))
      return false
    }
    if let last = cues.last, from < last.from {
      problems.append(ListProblem(line: line.number, cause: "it begins before the one above it"))
      return false
    }
    cues.append(Cue(line: line.number, from: from, to: to))
    return true
  }

  /// The number of the next cue, where no empty line parts two.
  private static func isNumber(_ text: String, before next: NumberedLines.Line?) -> Bool {
    guard let next, next.text.contains("-->") else { return false }
    return text.trimmed.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// `01:02:03,500`, with a stop for the comma too, and without hours.
  private static func seconds(_ text: String) -> Double? {
    let parts = text.replacing(",", with: ".").split(
      separator: ":", omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, let rest = Double(parts[parts.count - 1]), 0..<60 ~= rest else {
      return nil
    }
    var seconds = rest
    for (part, scale) in zip(parts.dropLast().reversed(), [60.0, 3600]) {
      guard let number = Int(part), 0..<10_000 ~= number else { return nil }
      seconds += Double(number) * scale
    }
    return seconds
  }

  /// Without commands such as `{\an8}`.
  private static func spoken(_ scalars: [Unicode.Scalar], in range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, index) = (range.lowerBound, range.lowerBound)
    while index + 1 < range.upperBound {
      if scalars[index] == "{", scalars[index + 1] == "\\",
        let end = scalars[index..<range.upperBound].firstIndex(of: "}")
      {
        if start < index { parts.append(start..<index) }
        (start, index) = (end + 1, end + 1)
      } else {
        index += 1
      }
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}
