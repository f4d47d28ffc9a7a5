import KugelText

/// Headings of plain text, which nothing marks: a line of its own that says so.
enum PlainHeading {
  /// Columns of a line that may be a heading.
  private static let longest = 80

  static func isOne(_ paragraph: some Collection<Unicode.Scalar>) -> Bool {
    let text = String(scalars: paragraph).trimmed
    guard !text.contains("\n"), text.unicodeScalars.count <= longest else { return false }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return false }
    let plain = first.trimmingMarks.lowercased()
    if chapterWords.contains(plain), words.count == 1 || words.count <= 12 && !endsSentence(text) {
      return true
    }
    if chapterWords.contains(plain), words.count == 2 { return true }
    if words.count == 1, isNumber(plain) { return true }
    return isCapital(text)
  }

  /// "CHAPTER I." and "IV." stop without being sentences.
  private static func endsSentence(_ text: String) -> Bool {
    text.hasSuffix("!") || text.hasSuffix("?")
      || text.hasSuffix(".") && text.split(separator: " ").count > 3
  }

  private static func isNumber(_ word: String) -> Bool {
    !word.isEmpty
      && (word.allSatisfy { $0.isASCII && $0.isNumber }
        || word.allSatisfy { "ivxlcdm".contains($0) })
  }

  private static func isCapital(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter(\.isLetter)
    return letters.count >= 4 && letters.allSatisfy(\.isUpper)
  }

  private static let chapterWords: Set<String> = [
    "chapter", "book", "part", "prologue", "epilogue", "preface", "introduction", "appendix",
    "kapitel", "buch", "teil", "prolog", "epilog", "vorwort", "nachwort", "einleitung", "anhang",
    "chapitre", "livre", "partie", "prologue", "épilogue", "préface",
    "capítulo", "libro", "parte", "prólogo", "epílogo", "capitolo", "prologo", "epilogo",
    "hoofdstuk", "boek", "deel", "voorwoord", "rozdział", "księga", "część", "wstęp",
  ]
}

extension Substring {
  fileprivate var trimmingMarks: Substring {
    var word = self
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    return word
  }
}
