import KugelText

/// How long a voice pauses behind what ends, where somebody wants it otherwise than the voice has it.
///
/// Source: interface notes, section 5.1.
package struct PauseLengths: Equatable, Sendable {
  /// Milliseconds.
  package var lengths: [TextMark: Int] = [:]

  /// As they are written in options, in the order of their weight.
  package static let names: [(name: String, mark: TextMark)] = [
    ("sentence", .sentence), ("line", .line), ("item", .item), ("row", .row),
    ("paragraph", .paragraph), ("heading", .heading),
  ]

  package init() {}

  /// Reads "sentence=300,paragraph=800": milliseconds, or a number with "ms" or "s".
  ///
  /// - Throws: what is wrong with it.
  package init(parsing text: String) throws(PauseError) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else { throw PauseError(text: String(part), cause: .form) }
      let name = String(sides[0]).trimmed
      guard let mark = Self.names.first(where: { $0.name == name })?.mark else {
        throw PauseError(text: name, cause: .name)
      }
      guard let length = Self.milliseconds(String(sides[1]).trimmed), (0...60_000).contains(length)
      else { throw PauseError(text: String(sides[1]), cause: .length) }
      lengths[mark] = length
    }
  }

  package var isEmpty: Bool { lengths.isEmpty }
  package var wantsSentences: Bool { lengths[.sentence] != nil }
  package var wantsLines: Bool { lengths[.line] != nil }

  private static func milliseconds(_ text: String) -> Int? {
    if text.hasSuffix("ms") { return Int(text.dropLast(2)) }
    if text.hasSuffix("s") { return milliseconds(ofSeconds: text.dropLast()) }
    return Int(text)
  }

  private static func milliseconds(ofSeconds text: Substring) -> Int? {
    guard let seconds = Double(text), (0...60).contains(seconds) else { return nil }
    return Int(seconds * 1000 + 0.5)
  }

  /// The text with a `<break>` where a pause of a wanted length belongs; of several marks between two words
  /// the longest pause counts.
  ///
  /// - Parameters:
  ///   - place: where in the source ends what was said before.
  ///   - paused: milliseconds of the pauses behind the last word so far.
  package func rendered(
    _ text: SourcedText, after place: Int = 0, paused: inout Int
  ) -> SourcedText {
    guard !lengths.isEmpty else { return text }
    var made = SourcedText()
    var start = 0
    var endings = text.endings[...]
    while let first = endings.first {
      var longest: Int?
      var marks: [TextMark] = []
      while let ending = endings.first, ending.offset == first.offset {
        marks.append(ending.mark)
        if let length = lengths[ending.mark] { longest = max(longest ?? 0, length) }
        endings.removeFirst()
      }
      var part = text[start..<first.offset]
      _ = part.takeEndings()
      if part.scalars.contains(where: { !$0.isWhite }) { paused = 0 }
      made.append(part)
      start = first.offset
      if let longest, longest > paused {
        let end =
          start > 0 ? text.source(of: (start - 1)..<start).upperBound : place
        made.append("<break time=\"\(longest - paused)ms\"/>", standingFor: end..<end)
        paused = longest
      }
      for mark in marks { made.append(mark) }
    }
    var rest = text[start..<text.count]
    _ = rest.takeEndings()
    if rest.scalars.contains(where: { !$0.isWhite }) { paused = 0 }
    made.append(rest)
    return made
  }
}

/// Why lengths of pauses cannot be read.
package struct PauseError: Error, Equatable, Sendable, CustomStringConvertible {
  enum Cause { case form, name, length }

  let text: String
  let cause: Cause

  package var description: String {
    switch cause {
    case .form: "\"\(text)\" is not of the form NAME=MS"
    case .name:
      "\"\(text)\" has no pause; there are "
        + PauseLengths.names.map(\.name).joined(separator: ", ")
    case .length: "\"\(text)\" is no length from 0 to 60000 milliseconds"
    }
  }
}
