import KugelText
import KugelWire

/// The hash of an item: its text and everything that shapes its sound, in 32 hexadecimal digits.
package enum ContentHash {
  /// - Parameters:
  ///   - text: what is said.
  ///   - traits: names and values, such as of voice, language and format; their order does not matter.
  package static func of(_ text: String, traits: [String: String]) -> String {
    var digest = SHA256()
    for (name, value) in traits.sorted(by: { $0.key < $1.key }) {
      digest.update(Array("\(name.utf8.count) \(value.utf8.count) \(name)=\(value)\n".utf8))
    }
    digest.update(Array(text.utf8))
    return String(digest.finish().prefix(32))
  }
}
