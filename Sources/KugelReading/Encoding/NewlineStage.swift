import KugelText

/// Gives every kind of line end one form: LF, and two of them where a paragraph or a page ends.
package struct NewlineStage: TextStage {
  private var isAfterReturn = false

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    for (index, scalar) in scalars.enumerated() {
      // Most scalars are above these and below those.
      guard scalar.value < 0x0E || scalar.value == 0x85 || scalar.value & ~1 == 0x2028 else {
        isAfterReturn = false
        continue
      }
      let isSecond = isAfterReturn && scalar == "\n"
      isAfterReturn = scalar == "\r"
      let made: String
      switch scalar {
      case "\r", "\u{85}", "\u{2028}", "\u{B}": made = "\n"
      case "\u{C}", "\u{2029}": made = "\n\n"
      case "\n" where isSecond: made = ""
      default: continue
      }
      output.append(text, start..<index)
      output.append(made, standingFor: text.source(of: index..<(index + 1)))
      start = index + 1
    }
    output.append(text, start..<scalars.count)
    return scalars.count
  }
}
