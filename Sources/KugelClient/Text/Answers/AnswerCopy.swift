import KugelText

/// An answer as it is copied on: paragraphs parted by a blank line, a newline at its end.
struct AnswerCopy {
  /// Nothing of the text may steer a terminal.
  let isShown: Bool
  let dims: Bool
  private var isInThought = false
  /// What stands between the last text and the next.
  private var gap = ""
  private var isAtLineStart = true
  private var hasText = false

  init(isShown: Bool, dims: Bool) {
    self.isShown = isShown
    self.dims = dims
  }

  mutating func text(_ text: String) -> String {
    if isInThought { paragraph() }
    isInThought = false
    return write(text)
  }

  mutating func thought(_ text: String) -> String {
    if !isInThought { paragraph() }
    isInThought = true
    let before = gap
    gap = ""
    let shown = write(text)
    // Each piece by itself, so that nothing that happens leaves a terminal dim.
    return before + (dims ? "\u{1B}[2m\(shown)\u{1B}[22m" : shown)
  }

  mutating func paragraph() {
    if hasText, gap.isEmpty { gap = isAtLineStart ? "\n" : "\n\n" }
  }

  /// The answer is whole; what follows is another.
  mutating func end() -> String {
    isInThought = false
    guard hasText else { return "" }
    defer { (gap, isAtLineStart) = ("\n", true) }
    return isAtLineStart ? "" : "\n"
  }

  private mutating func write(_ text: String) -> String {
    guard let last = text.unicodeScalars.last else { return "" }
    defer { gap = "" }
    (isAtLineStart, hasText) = (last == "\n", true)
    return gap + (isShown ? text.printable : text)
  }
}
