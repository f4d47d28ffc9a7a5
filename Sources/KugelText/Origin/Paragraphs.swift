// A blank line is a pause, so it is kept at the ends of a text where other white space is not.

extension Collection where Element == Unicode.Scalar {
  /// A blank line stands in it, if it is white space.
  package var holdsBlankLine: Bool {
    var lines = 0
    for scalar in self {
      if scalar == "\n" || scalar == "\u{2028}" { lines += 1 }
      if scalar == "\u{2029}" || lines > 1 { return true }
    }
    return false
  }
}

extension String {
  /// The blank lines that a text begins and ends with.
  package var blankLines: (before: Bool, behind: Bool) {
    let scalars = unicodeScalars
    let before = scalars.prefix { $0.isWhite }
    let behind = scalars.reversed().prefix { $0.isWhite }
    return (before.holdsBlankLine, behind.holdsBlankLine)
  }
}

extension SourcedText {
  /// Without white space at its ends, but for a blank line at either, which becomes two line ends.
  package var trimmedToLines: SourcedText {
    guard let first = scalars.firstIndex(where: { !$0.isWhite }),
      let last = scalars.lastIndex(where: { !$0.isWhite })
    else { return SourcedText() }
    let before = scalars[..<first].holdsBlankLine
    let behind = scalars[(last + 1)...].holdsBlankLine
    return self[first..<(last + 1)].withBlankLines(before: before, behind: behind)
  }

  package func withBlankLines(before: Bool, behind: Bool) -> SourcedText {
    guard count > 0, before || behind else { return self }
    var text = SourcedText()
    if before { text.append("\n\n", standingFor: place(0)..<place(0)) }
    text.append(self)
    if behind { text.append("\n\n", standingFor: place(count)..<place(count)) }
    return text
  }
}
