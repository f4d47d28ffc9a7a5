/// The hash of an item: its text and everything that shapes its sound, in 32 hexadecimal digits.
package enum ContentHash {
  /// What shapes the sound of many texts, digested once.
  package struct Traits: Sendable {
    fileprivate var digest = SHA256()

    /// - Parameter traits: names and values, such as of voice, language and format; their order does not
    ///   matter.
    package init(_ traits: [String: String]) {
      for (name, value) in traits.sorted(by: { $0.key < $1.key }) {
        digest.update(Array("\(name.utf8.count) \(value.utf8.count) \(name)=\(value)\n".utf8))
      }
    }
  }

  /// - Parameter utf8: what is said.
  package static func of(_ utf8: [UInt8], _ traits: Traits) -> String {
    var digest = traits.digest
    digest.update(utf8)
    return String(digest.finish().prefix(32))
  }

  package static func of(_ text: String, traits: [String: String]) -> String {
    of(Array(text.utf8), Traits(traits))
  }
}
