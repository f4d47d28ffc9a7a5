import KugelWire

/// How much a service keeps for its callers. All of it is in memory, and is written whole with every change.
package struct DictionaryLimits: Equatable, Sendable {
  /// Dictionaries of all projects.
  package var dictionaries = 1000
  /// Entries of one dictionary.
  package var entries = 10_000
  /// Bytes of all texts, with a little for each entry and dictionary.
  package var bytes = 16 << 20

  package init() {}
}

extension ReplacementDictionary {
  /// What it counts for, without its entries.
  var ownSize: Int {
    Self.overhead + name.utf8.count + (description?.utf8.count ?? 0) + (language?.utf8.count ?? 0)
  }

  var size: Int { entries.reduce(ownSize) { $0 + $1.size } }

  /// Of what stands around the texts, in memory and in the file.
  static let overhead = 100
}

extension ReplacementDictionary.Entry {
  var size: Int {
    ReplacementDictionary.overhead + word.utf8.count + (replacement?.utf8.count ?? 0)
      + (ipa?.utf8.count ?? 0)
  }
}

extension ServiceError {
  static func noRoom(_ what: String) -> ServiceError {
    ServiceError("There can be at most \(what)", name: "VALIDATION_ERROR", code: 413)
  }
}
