import KugelText

/// Marks the paragraphs of a plain text: a blank line ends one.
package struct ParagraphStage: TextStage {
  private let marksLines: Bool
  private var newlines = 0
  private var hasText = false

  package init(marksLines: Bool = false) { self.marksLines = marksLines }

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    var start = 0
    for (index, scalar) in text.scalars.enumerated() {
      guard scalar == "\n" else {
        if !scalar.isWhite { (newlines, hasText) = (0, true) }
        continue
      }
      newlines += 1
      guard hasText, newlines == 2 || marksLines && newlines == 1 else { continue }
      output.append(text, start..<(index + 1))
      output.append(newlines == 2 ? .paragraph : .line)
      start = index + 1
      if newlines == 2 { hasText = false }
    }
    output.append(text, start..<text.count)
    if ahead == .end {
      if hasText { output.append(.paragraph) }
      (newlines, hasText) = (0, false)
    }
    return text.count
  }
}
