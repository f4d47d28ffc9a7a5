/// What a document of HTML or XML consists of, in its order.
package enum MarkupEvent: Equatable, Sendable {
  /// Names without their prefix, elements and attributes in lower case.
  case begin(String, attributes: [String: String])
  case end(String)
  /// With its entities resolved.
  case text(String)
}
