/// How a list of items is written.
package enum ListKind: String, CaseIterable, Sendable {
  /// Each line is a text.
  case lines
  /// Each line is a JSON object.
  case jsonl
  /// A table with a head.
  case csv

  /// What a file's name says of it; nil when it says nothing of a list.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    switch path[path.index(after: dot)...].lowercased() {
    case "jsonl", "ndjson": self = .jsonl
    case "csv": self = .csv
    default: return nil
    }
  }
}
