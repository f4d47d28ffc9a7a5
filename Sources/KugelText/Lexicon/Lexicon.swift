/// Words and how they are to be said.
///
/// Source: interface notes, section 5.1; protocol notes, section 3.5.
package struct Lexicon: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package var word: String
    package var replacement: String?
    /// Without its slashes.
    package var ipa: String?
    package var caseSensitive: Bool
    /// ISO 639-1; nil for all.
    package var language: String?

    package init(
      word: String, replacement: String? = nil, ipa: String? = nil, caseSensitive: Bool = false,
      language: String? = nil
    ) {
      self.word = word
      self.replacement = replacement
      self.ipa = ipa
      self.caseSensitive = caseSensitive
      self.language = language
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// Reads a lexicon file.
  ///
  /// Lines are `word = spoken form` or `word = /ipa/`; `[de]` begins what holds for one language, `[*]`
  /// for all; `#` begins a comment. A word in double quotes minds letter case, and so does one in capitals
  /// only: "US = United States" says nothing of "us".
  package init(parsing text: String) throws(LexiconError) {
    entries = []
    var language: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = String(line).trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]"), !line.contains("=") {
        let name = String(line.dropFirst().dropLast()).trimmed
        guard name == "*" || Self.isTag(name) else {
          throw LexiconError(line: index + 1, cause: "\"\(name)\" is no language's code")
        }
        language = name == "*" ? nil : name.lowercased()
        continue
      }
      guard let equals = line.firstIndex(of: "=") else {
        throw LexiconError(line: index + 1, cause: "there is no \"=\" between a word and its sound")
      }
      entries.append(
        try Self.entry(
          String(line[..<equals]).trimmed, String(line[line.index(after: equals)...]).trimmed,
          language: language, line: index + 1))
    }
  }

  /// A language's code, also with a region.
  private static func isTag(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard let code = parts.first, (2...3).contains(code.count), code.allSatisfy(\.isLetter) else {
      return false
    }
    return parts.dropFirst().allSatisfy { (2...8).contains($0.count) }
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  private static func entry(
    _ word: String, _ spoken: String, language: String?, line: Int
  ) throws(LexiconError) -> Entry {
    let isExact = word.count > 2 && word.hasPrefix("\"") && word.hasSuffix("\"")
    let written = isExact ? String(word.dropFirst().dropLast()) : word
    let word = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let mindsCase = isExact || isCapitals(word)
    guard word.isSpeakable else {
      throw LexiconError(line: line, cause: "there is no word before the \"=\"")
    }
    guard word.unicodeScalars.count < Lookahead.limit else {
      throw LexiconError(line: line, cause: "a word has at most \(Lookahead.limit - 1) characters")
    }
    guard !spoken.isEmpty else {
      throw LexiconError(line: line, cause: "\"\(word)\" has no sound")
    }
    if spoken.count > 2, spoken.hasPrefix("/"), spoken.hasSuffix("/") {
      return Entry(
        word: word, ipa: String(spoken.dropFirst().dropLast()), caseSensitive: mindsCase,
        language: language)
    }
    return Entry(
      word: word, replacement: spoken, caseSensitive: mindsCase, language: language)
  }
}

extension Lexicon {
  private static func isCapitals(_ word: String) -> Bool {
    let letters = word.unicodeScalars.filter(\.isLetter)
    return !letters.isEmpty && letters.allSatisfy(\.isUpper)
  }
}

/// What is wrong in a lexicon file, and where.
package struct LexiconError: Error, Equatable, CustomStringConvertible {
  package let line: Int
  package let cause: String

  package var description: String { "line \(line): \(cause)" }
}
