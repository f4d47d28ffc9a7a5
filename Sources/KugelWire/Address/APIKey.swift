/// A key as the service wants it, and the region its prefix asked for. Never shown: its description
/// hides it.
///
/// Source: protocol notes, section 1: the prefix is stripped whatever else decides the address.
package struct APIKey: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// For the `Authorization` header.
  package let secret: String
  package let region: Region?

  /// - Parameter text: white space around it, such as a file's last newline, does not count.
  /// - Throws: when nothing is left, or when there is something in it that no header can carry.
  package init(_ text: String) throws(AddressError) {
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n"]
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, blanks.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, blanks.contains(last) { scalars.removeLast() }
    var body = String(scalars)
    let prefixed = Region.ofKugelAudio.first { body.hasPrefix("\($0.rawValue)-") }
    if let prefixed { body.removeFirst(prefixed.rawValue.count + 1) }
    guard !body.isEmpty else { throw AddressError("the API key is empty") }
    guard body.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw AddressError("the API key holds blanks or characters that are not ASCII")
    }
    (secret, region) = (body, prefixed)
  }

  package var description: String { "(API key)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
