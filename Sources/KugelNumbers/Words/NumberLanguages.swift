enum NumberLanguages {
  /// - Parameter language: ISO 639-1, in any case, also with a region.
  static func of(_ language: String?) -> (any NumberLanguage)? {
    switch language?.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first {
    case "en": EnglishNumbers()
    case "de": GermanNumbers()
    case "fr": FrenchNumbers()
    case "es": SpanishNumbers()
    case "it": ItalianNumbers()
    case "pt": PortugueseNumbers()
    case "nl": DutchNumbers()
    case "pl": PolishNumbers()
    default: nil
    }
  }
}
