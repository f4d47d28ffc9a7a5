/// The model ids a service takes.
///
/// Source: protocol notes, section 3.2.
package enum ModelName {
  /// What is meant when a request names none.
  package static let `default` = "kugel-3.5"
  /// Those that a catalogue lists.
  package static let current = ["kugel-3.5", "kugel-3"]
  /// Taken in requests, run on the current model, reported as requested. The last is the first
  /// SDK's.
  package static let legacy = [
    "kugel-2.5", "kugel-2-turbo", "kugel-2", "kugel-1", "kugel-1-turbo", "kugel-one-turbo",
  ]

  package static func isKnown(_ name: String) -> Bool {
    current.contains(name) || legacy.contains(name)
  }
}
