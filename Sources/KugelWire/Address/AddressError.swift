/// Why an address, region or key cannot be used; the text names the fault and never shows a query or
/// a key.
package struct AddressError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
