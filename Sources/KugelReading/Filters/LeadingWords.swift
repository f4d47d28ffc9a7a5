/// Words that only lead to an address, and mean nothing without it.
enum LeadingWords {
  /// Letters of the longest.
  static let longest = 5

  /// - Parameter language: ISO 639-1, in any case, also with a region; English for all others.
  static func of(_ language: String?) -> Set<String> {
    let code = language?.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    let words = all[code ?? "en"] ?? "and or at on via from"
    return Set(words.split(separator: " ").map(String.init))
  }

  private static let all = [
    "de": "und oder unter auf bei via von",
    "fr": "et ou sur à chez via",
    "es": "y o en de vía",
    "it": "e o su da via",
    "pt": "e ou em via",
    "nl": "en of op via",
    "pl": "i oraz lub na pod",
  ]
}
