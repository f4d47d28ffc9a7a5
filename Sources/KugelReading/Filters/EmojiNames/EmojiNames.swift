/// What pictures show, in a language.
struct EmojiNames: Sendable {
  private let table: [Unicode.Scalar: String]
  private let knowsEnglish: Bool
  private let phrases: SpokenPhrases

  init(language: String?) {
    let code = language?.lowercased().split { $0 == "-" || $0 == "_" }.first ?? "en"
    let text =
      switch code {
      case "de": EmojiNameTable.de
      case "fr": EmojiNameTable.fr
      case "es": EmojiNameTable.es
      case "it": EmojiNameTable.it
      case "pt": EmojiNameTable.pt
      case "nl": EmojiNameTable.nl
      case "pl": EmojiNameTable.pl
      default: EmojiNameTable.en
      }
    table = Self.table(text)
    phrases = .of(language)
    knowsEnglish = code == "en"
  }

  /// - Returns: nil where nothing is known to say.
  func name(of cluster: ArraySlice<Unicode.Scalar>) -> String? {
    guard let first = cluster.first else { return nil }
    if let name = flag(cluster) ?? family(cluster) { return name }
    if let name = table[first] { return name }
    // The names of characters are English.
    guard knowsEnglish, first.value >= 0x2190, !(0x1F1E6...0x1F1FF).contains(first.value) else {
      return nil
    }
    return first.properties.name?.lowercased()
  }

  /// A flag by the letters of its country or region.
  private func flag(_ cluster: ArraySlice<Unicode.Scalar>) -> String? {
    let letters = cluster.compactMap { scalar -> String? in
      switch scalar.value {
      case 0x1F1E6...0x1F1FF: Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41).map(String.init)
      case 0xE0061...0xE007A: Unicode.Scalar(scalar.value - 0xE0061 + 0x41).map(String.init)
      default: nil
      }
    }
    guard letters.count > 1 else { return nil }
    return phrases.flag + " " + letters.joined(separator: " ")
  }

  /// People who are joined, each by its own name.
  private func family(_ cluster: ArraySlice<Unicode.Scalar>) -> String? {
    guard cluster.contains("\u{200D}") else { return nil }
    let people = cluster.filter { $0 != "\u{200D}" && !$0.properties.isEmojiModifier }
    guard people.count > 1, people.allSatisfy({ (0x1F466...0x1F469).contains($0.value) }) else {
      return nil
    }
    let names = people.compactMap { table[$0] }
    guard names.count == people.count else { return nil }
    return phrases.family + ": " + names.joined(separator: ", ")
  }

  private static func table(_ text: String) -> [Unicode.Scalar: String] {
    var names: [Unicode.Scalar: String] = [:]
    for entry in text.unicodeScalars.split(separator: ";") {
      let entry = entry.drop { $0 == " " }
      if let first = entry.first { names[first] = String(Substring(entry.dropFirst())) }
    }
    return names
  }
}
