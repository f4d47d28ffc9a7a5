/// Cuts a growing text into lines; a last line without an end counts.
package struct LineCutter: Sendable {
  package enum Line: Equatable, Sendable {
    /// Without its end, be that a newline or a carriage return with one.
    case text(String)
    /// More than `limit` bytes; what it held is gone.
    case tooLong
  }

  /// Bytes that one line may have.
  package let limit: Int
  private var partial = ""
  private var overflowing = false

  package init(limit: Int = 1 << 20) { self.limit = limit }

  package mutating func append(_ text: String) -> [Line] {
    var lines: [Line] = []
    // By scalars: a carriage return and a newline are one character.
    var rest = Substring(text).unicodeScalars
    while let end = rest.firstIndex(of: "\n") {
      take(rest[..<end])
      lines.append(cut())
      rest = rest[rest.index(after: end)...]
    }
    take(rest)
    return lines
  }

  /// The line that was not ended.
  package mutating func finish() -> Line? {
    partial.isEmpty && !overflowing ? nil : cut()
  }

  private mutating func take(_ piece: Substring.UnicodeScalarView) {
    guard !overflowing else { return }
    partial.unicodeScalars.append(contentsOf: piece)
    if partial.utf8.count > limit {
      partial = ""
      overflowing = true
    }
  }

  private mutating func cut() -> Line {
    defer { (partial, overflowing) = ("", false) }
    if overflowing { return .tooLong }
    if partial.unicodeScalars.last == "\r" { partial.unicodeScalars.removeLast() }
    return .text(partial)
  }
}
