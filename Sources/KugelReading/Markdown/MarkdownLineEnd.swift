import KugelText

/// Where the words of a line of Markdown end, before what may end the line or close a heading.
enum MarkdownLineEnd {
  /// Before what may be the sign of a break, or close a heading: that waits for the line's end.
  static func beforeSigns(
    _ scalars: [Unicode.Scalar], _ start: Int, _ end: Int, inHeading: Bool
  ) -> Int {
    var solid = end
    while solid > start, end - solid < Lookahead.limit, isSign(scalars[solid - 1], inHeading) {
      solid -= 1
    }
    return solid
  }

  private static func isSign(_ scalar: Unicode.Scalar, _ inHeading: Bool) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\\" || inHeading && scalar == "#"
  }

  /// The end of a line's text, and whether the line end behind it is meant as one.
  ///
  /// - Parameter isEnded: a line end stands at `end`.
  static func ofText(
    _ scalars: [Unicode.Scalar], _ start: Int, _ end: Int, isEnded: Bool
  ) -> (last: Int, isHardBreak: Bool) {
    if isEnded, end > start, scalars[end - 1] == "\\" { return (end - 1, true) }
    let solid = scalars[start..<end].lastIndex { $0 != " " && $0 != "\t" }
    let last = solid.map { $0 + 1 } ?? start
    return (last, end - last >= 2)
  }

  /// The end of a heading's text, before the signs that may close it.
  ///
  /// - Parameter isFirst: nothing of the line was read before `start`.
  static func ofHeading(
    _ scalars: [Unicode.Scalar], _ start: Int, _ end: Int, isFirst: Bool
  ) -> Int {
    var last = end
    while last > start, scalars[last - 1].isWhite { last -= 1 }
    var sign = last
    while sign > start, scalars[sign - 1] == "#" { sign -= 1 }
    // What stands before the start was no blank, for blanks wait.
    let isApart = sign == start ? isFirst : scalars[sign - 1].isWhite
    guard sign < last, isApart else { return last }
    while sign > start, scalars[sign - 1].isWhite { sign -= 1 }
    return sign
  }
}
