/// What ended at a place of a text, so that a voice can pause there as a reader would.
package enum TextMark: UInt8, Equatable, Sendable, CaseIterable {
  case sentence
  /// A line that is not wrapped prose: of a verse, of an address, of a text without paragraphs.
  case line
  /// A list's item.
  case item
  /// A table's row.
  case row
  case paragraph
  case heading
}
