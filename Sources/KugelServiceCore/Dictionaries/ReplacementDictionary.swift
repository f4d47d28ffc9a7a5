import KugelWire

/// A list of words that are to be spoken as something else; it belongs to a project.
///
/// Times are seconds since 1970, in UTC.
///
/// Source: protocol notes, section 3.5.
package struct ReplacementDictionary: Equatable, Sendable, Codable {
  package struct Entry: Equatable, Sendable, Codable {
    package var id: Int
    package var word: String
    package var replacement: String?
    package var ipa: String?
    package var caseSensitive: Bool
    package var createdAt: Int
    package var updatedAt: Int
  }

  package var id: Int
  package var project: Int
  package var name: String
  package var description: String?
  /// Whom it is for; nil is every language.
  package var language: String?
  package var isActive: Bool
  package var createdAt: Int
  package var updatedAt: Int
  package var entries: [Entry] = []
}

/// What a caller says of a dictionary; nil leaves a value as it is.
package struct DictionaryDraft: Equatable, Sendable {
  package var name: String?
  package var description: String?
  package var language: String?
  package var isActive: Bool?

  package init(
    name: String? = nil, description: String? = nil, language: String? = nil, isActive: Bool? = nil
  ) {
    self.name = name
    self.description = description
    self.language = language
    self.isActive = isActive
  }

  func check() throws(ServiceError) {
    try require(name, "name", length: 1...200)
    try require(description, "description", length: 0...2000)
    try require(language, "language", length: 0...16)
  }
}

/// What a caller says of an entry; nil leaves a value as it is.
package struct EntryDraft: Equatable, Sendable {
  package var word: String?
  package var replacement: String?
  package var ipa: String?
  package var caseSensitive: Bool?

  package init(
    word: String? = nil, replacement: String? = nil, ipa: String? = nil, caseSensitive: Bool? = nil
  ) {
    self.word = word
    self.replacement = replacement
    self.ipa = ipa
    self.caseSensitive = caseSensitive
  }

  func check() throws(ServiceError) {
    try require(word, "word", length: 1...200)
    try require(replacement, "replacement", length: 1...1000)
    try require(ipa, "ipa", length: 0...200)
  }

  /// An entry cannot begin without a word, or without anything to say in its place.
  func checkComplete() throws(ServiceError) {
    try check()
    guard word != nil else { throw .validation("word is required") }
    guard replacement != nil || ipa != nil else {
      throw .validation("replacement or ipa is required")
    }
  }
}

private func require(
  _ text: String?, _ name: String, length: ClosedRange<Int>
) throws(ServiceError) {
  guard let text, !length.contains(text.unicodeScalars.count) else { return }
  throw .validation(
    length.lowerBound == 0
      ? "\(name) must be at most \(length.upperBound) characters"
      : "\(name) must be \(length.lowerBound) to \(length.upperBound) characters")
}
