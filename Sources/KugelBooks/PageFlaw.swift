/// What is wrong with a page of a book that is read all the same.
package struct PageFlaw: Equatable, Sendable {
  /// In the archive.
  package var page: String
  /// A fragment without a stop.
  package var cause: String
  /// Nothing of the page is read; else what stands behind the flaw may be missing.
  package var isLost: Bool
}
