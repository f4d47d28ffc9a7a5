enum NumberLanguages {
  /// - Parameter language: ISO 639-1, in any case, also with a region.
  static func of(_ language: String?) -> (any NumberLanguage)? {
    let parts = language?.lowercased().split { $0 == "-" || $0 == "_" } ?? []
    switch parts.first {
    case "en": return EnglishNumbers(putsDayFirst: !british.isDisjoint(with: parts.dropFirst()))
    case "de": return GermanNumbers()
    case "fr":
      return FrenchNumbers(
        isBelgian: parts.dropFirst().contains("be"), isSwiss: parts.dropFirst().contains("ch"))
    case "es": return SpanishNumbers(region: parts.dropFirst().last.map(String.init))
    case "it": return ItalianNumbers()
    case "pt": return PortugueseNumbers(isEuropean: parts.dropFirst().contains("pt"))
    case "nl": return DutchNumbers()
    case "pl": return PolishNumbers()
    default: return nil
    }
  }

  /// Regions, and espeak's names of accents, that write the day before the month.
  private static let british: Set<Substring> = [
    "gb", "uk", "au", "nz", "ie", "za", "in", "scotland", "rp", "gbclan", "gbcwmd",
  ]
}
