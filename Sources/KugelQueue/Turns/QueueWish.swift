/// What somebody who wants the speakers says of it.
package struct QueueWish: Equatable, Sendable {
  /// Who is let in first, from the first on.
  package enum Priority: String, CaseIterable, Comparable, Sendable {
    case urgent, normal, idle

    package static func < (one: Priority, other: Priority) -> Bool {
      (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
    }
  }

  /// Who speaks: a name that several processes may share, such as an agent's.
  package var source: String?
  package var priority = Priority.normal
  /// Whatever the same source has waiting is stale.
  package var replaces = false
  /// After waiting so long it is not worth saying any more.
  package var dropAfter: Duration?
  /// The beginning of the text, as far as it is known.
  package var title: String?
  /// Of a text that is known to its end.
  package var characters: Int?

  package init() {}

  /// Characters that a title has at most.
  package static let longestTitle = 60

  /// A title made of a text: its beginning, on one line.
  package static func title(of text: String) -> String? {
    let words = text.prefix(4 * longestTitle).split(whereSeparator: \.isWhitespace)
    let line = words.joined(separator: " ")
    if line.isEmpty { return nil }
    return line.count > longestTitle ? line.prefix(longestTitle - 1) + "…" : line
  }
}
