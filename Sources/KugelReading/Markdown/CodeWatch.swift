import KugelText

/// Knows of each place of a text of Markdown whether that is code, as far as what came before tells.
///
/// For filters that leave something out before Markdown is read: what is code is nobody's tag.
struct CodeWatch {
  private enum Prefix: Equatable {
    /// Only blanks and marks of quotations and lists so far.
    case open
    case digits
    /// A mark of a list, if a blank follows.
    case bullet
    case closed
  }

  private var prefix = Prefix.open
  private var column = 0
  /// The line has something in it.
  private var hasText = false
  private var isAfterBlankLine = true
  private var isInList = false
  private var isIndented = false
  private var fence: (mark: Unicode.Scalar, count: Int)?
  /// The line that opened the fence is read.
  private var isFenceLine = false
  /// The line is a fence's end, if nothing more stands in it.
  private var mayClose = false
  private var run: (mark: Unicode.Scalar, count: Int, isFirst: Bool)?
  /// Backticks of the run that may have begun code within a line.
  private var openTicks = 0
  private var isEscaped = false

  /// Nothing but blanks and marks of blocks stands before it in its line.
  var isAtLineStart: Bool { prefix != .closed && run == nil }

  /// Whether what stands at an index is code, once all before it was seen.
  mutating func isCode(_ look: inout Lookahead, _ index: Int) -> Bool {
    endRun()
    if fence != nil || isEscaped { return true }
    if isIndented || prefix == .open && isDeep { return true }
    guard openTicks > 0 else { return false }
    // Between backticks, if these end.
    var place = index
    while place < index + Lookahead.limit, let scalar = look.at(place) {
      guard scalar == "`" else {
        if scalar == "\n", look.at(place + 1) == "\n" { return false }
        place += 1
        continue
      }
      let end = look.run(from: place)
      if end - place == openTicks { return true }
      place = end
    }
    return false
  }

  private var isDeep: Bool { column >= 4 && isAfterBlankLine && !isInList }

  mutating func read(_ scalars: ArraySlice<Unicode.Scalar>) {
    for scalar in scalars { read(scalar) }
  }

  mutating func read(_ scalar: Unicode.Scalar) {
    if let run, run.mark != scalar { endRun() }
    let wasEscaped = isEscaped
    isEscaped = false
    switch scalar {
    case "\n": endLine()
    case " ", "\t": blank(scalar)
    case "`" where !wasEscaped, "~" where !wasEscaped:
      noteText()
      let isFirst = run?.isFirst ?? (prefix != .closed && !isIndented)
      run = (scalar, (run?.count ?? 0) + 1, isFirst)
      prefix = .closed
    case ">" where prefix == .open && column < 4 && fence == nil: column = 0
    case "-", "*", "+":
      noteText()
      prefix = prefix == .open && fence == nil && !isIndented ? .bullet : .closed
    case "0"..."9" where (prefix == .open || prefix == .digits) && fence == nil && !isIndented:
      noteText()
      prefix = .digits
    case ".", ")":
      noteText()
      prefix = prefix == .digits ? .bullet : .closed
    default:
      noteText()
      prefix = .closed
      isEscaped = scalar == "\\" && fence == nil && !wasEscaped
    }
  }

  private mutating func blank(_ scalar: Unicode.Scalar) {
    switch prefix {
    case .open: column += scalar == "\t" ? 4 - column % 4 : 1
    case .bullet:
      isInList = true
      (prefix, column) = (.open, 0)
    case .digits: prefix = .closed
    case .closed: break
    }
  }

  private mutating func noteText() {
    if !hasText {
      hasText = true
      if fence == nil {
        isIndented = isDeep
        if column == 0, isAfterBlankLine { isInList = false }
      }
    }
    if run == nil { mayClose = false }
  }

  private mutating func endRun() {
    guard let run else { return }
    self.run = nil
    if let fence {
      if isFenceLine {
        // A backtick behind three of them makes it words between backticks.
        guard fence.mark == "`", run.mark == "`" else { return }
        self.fence = nil
        openTicks = run.count == fence.count ? 0 : fence.count
      } else if run.isFirst, run.mark == fence.mark, run.count >= fence.count {
        mayClose = true
      }
      return
    }
    if run.isFirst, run.count >= 3 {
      fence = (run.mark, run.count)
      isFenceLine = true
    } else if run.mark == "`" {
      if openTicks == 0 { openTicks = run.count } else if openTicks == run.count { openTicks = 0 }
    }
  }

  private mutating func endLine() {
    if mayClose { fence = nil }
    if !hasText { openTicks = 0 }
    // A blank line between lines of code is code's.
    isAfterBlankLine = !hasText || isIndented
    (prefix, column, hasText, isIndented) = (.open, 0, false, false)
    (isFenceLine, mayClose) = (false, false)
  }
}
