/// What is said of code and of mathematics.
package enum CodePolicy: String, Equatable, Sendable, CaseIterable {
  /// Nothing; words between backticks are said all the same, for sentences need them.
  case skip
  /// All of it.
  case say
  /// That it is there; words between backticks are said.
  case name
}

/// What is said of a table.
package enum TablePolicy: String, Equatable, Sendable, CaseIterable {
  case skip
  /// Row by row, where it is small.
  case read
  case name
}

/// How Markdown is read.
package struct MarkdownOptions: Equatable, Sendable {
  package var code = CodePolicy.name
  package var tables = TablePolicy.read
  package var links = LinkPolicy.host
  /// Whether footnotes are read where they stand.
  package var readsNotes = true
  package var phrases = SpokenPhrases.of(nil)

  /// A table with more columns is only named.
  static let widestTable = 8
  /// Rows behind these are only counted.
  static let longestTable = 20

  package init() {}
}
