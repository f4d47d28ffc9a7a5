/// Why a book cannot be read.
package struct BookError: Error, Equatable, Sendable {
  /// A fragment without a stop.
  package let cause: String

  package init(cause: String) { self.cause = cause }
}
