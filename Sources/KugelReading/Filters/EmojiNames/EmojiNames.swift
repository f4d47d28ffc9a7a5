/// What pictures show, in a language.
struct EmojiNames: Sendable {
  private let table: [Unicode.Scalar: String]
  private let knowsEnglish: Bool

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
    knowsEnglish = code == "en"
  }

  /// - Returns: nil where nothing is known to say.
  func name(of cluster: ArraySlice<Unicode.Scalar>) -> String? {
    guard let first = cluster.first else { return nil }
    if let name = table[first] { return name }
    // The names of characters are English.
    guard knowsEnglish, first.value >= 0x2190, !(0x1F1E6...0x1F1FF).contains(first.value) else {
      return nil
    }
    return first.properties.name?.lowercased()
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
