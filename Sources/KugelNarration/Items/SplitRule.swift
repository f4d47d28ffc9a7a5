import KugelWire

/// Where a text is cut into items.
package enum SplitRule: Equatable, Sendable {
  case files, headings, paragraphs, lines
  /// Items of about so many seconds.
  case every(Double)

  /// - Returns: nil when it is none of `files`, `headings`, `paragraphs`, `lines` or `every:TIME`.
  package init?(_ text: String) {
    switch text {
    case "files": self = .files
    case "headings": self = .headings
    case "paragraphs": self = .paragraphs
    case "lines": self = .lines
    default:
      guard text.hasPrefix("every:"),
        let time = Measures.duration(
          String(text.dropFirst("every:".count)), bare: .seconds,
          in: .seconds(1)...Measures.longest)
      else { return nil }
      self = .every(time / .seconds(1))
    }
  }

  /// Whether a file makes one item only.
  package var isWhole: Bool { self == .files }
}
