import KugelReading

/// How a text is read: what is done with it, for whom.
package struct TextReading: Equatable, Sendable {
  package var filters: TextFilters
  package var target: TextTarget

  package init(_ filters: TextFilters, for target: TextTarget = TextTarget()) {
    self.filters = filters
    self.target = target
  }

  /// As it is written.
  package static let raw = TextReading(.raw)
}
