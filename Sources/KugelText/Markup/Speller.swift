/// Reads text character by character.
///
/// Source: protocol notes, section 12.1. Characters and languages that it does not name are read by
/// their English names; digits stay digits, which every engine names in its own language.
struct Speller {
  private let names: [Unicode.Scalar: String]
  private let space: String

  init(language: String?) {
    let code = language?.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    names = Self.english.merging(Self.special[code ?? "en"] ?? [:]) { _, own in own }
    space = ["de": "Leerzeichen", "fr": "espace", "es": "espacio"][code ?? ""] ?? "space"
  }

  /// - Parameters:
  ///   - content: the characters, as ranges of `scalars`.
  ///   - group: characters between two beats, if there is no white space; 0 for a beat after each.
  /// - Returns: what is read, in order, each part with the range that it stands for.
  func spell(
    _ content: [Range<Int>], of scalars: [Unicode.Scalar], group: Int
  ) -> [(text: String, source: Range<Int>)] {
    let isGrouped = group > 0 && !content.contains { scalars[$0.lowerBound].isWhite }
    var pieces: [(text: String, source: Range<Int>)] = []
    for (index, range) in content.enumerated() {
      if index > 0 {
        let isInGroup = isGrouped && index % group != 0
        pieces.append((isInGroup ? " " : ", ", range.lowerBound..<range.lowerBound))
      }
      pieces.append((name(of: scalars[range]), range))
    }
    return pieces
  }

  private func name(of character: ArraySlice<Unicode.Scalar>) -> String {
    guard let first = character.first else { return "" }
    if first.isWhite { return space }
    if character.count == 1, let name = names[first] { return name }
    let upper = String(scalars: character).uppercased()
    // "ß" would become two letters.
    return upper.unicodeScalars.count == character.count ? upper : String(scalars: character)
  }

  private static let special: [String: [Unicode.Scalar: String]] = [
    "de": ["@": "ät", ".": "Punkt", "-": "Strich", "_": "Unterstrich"],
    "fr": ["@": "arobase", ".": "point", "-": "tiret", "_": "underscore"],
    "es": ["@": "arroba", ".": "punto", "-": "guión", "_": "guión bajo"],
  ]

  private static let english: [Unicode.Scalar: String] = [
    "@": "at", ".": "dot", "-": "dash", "_": "underscore", ",": "comma", ":": "colon",
    ";": "semicolon", "/": "slash", "\\": "backslash", "+": "plus", "*": "star", "#": "hash",
    "&": "and", "%": "percent", "=": "equals", "!": "exclamation mark", "?": "question mark",
    "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket",
    "{": "open brace", "}": "close brace", "<": "less than", ">": "greater than", "$": "dollar",
    "€": "euro", "£": "pound", "'": "apostrophe", "\"": "quote", "~": "tilde", "^": "caret",
    "|": "bar", "`": "backtick", "–": "dash", "—": "dash", "’": "apostrophe", "…": "ellipsis",
    "§": "section",
  ]
}
