import KugelText

extension NumberReader {
  /// "1980s", "the 80s and 90s", "die 90er", "w latach 90.": years, no seconds and no ends of sentences.
  func decade(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (digits, end) = run(&look, start)
    guard (2...4).contains(digits.count), let value = Int(digits), value % 10 == 0, value > 0 else {
      return nil
    }
    switch language {
    case let english as EnglishNumbers:
      let mark = look.at(end)
      let letter = mark == "'" || mark == "’" ? end + 1 : end
      guard look.at(letter) == "s", !(look.at(letter + 1)?.isWordPart ?? false) else { return nil }
      let isDecade =
        digits.count == 4
        ? (1100..<2100).contains(value)
        : digits.count == 2 && value >= 20 && isInDecades(context)
      return isDecade ? NumberReading(end: letter + 1, text: english.decade(value)) : nil
    case is GermanNumbers:
      let suffix = letters(&look, end)
      guard suffix.word == "er" || suffix.word == "ern",
        !(look.at(suffix.end)?.isWordPart ?? false)
      else { return nil }
      let words = digits.count == 4 ? language.year(value) : language.cardinal(value)
      return NumberReading(end: suffix.end, text: words + suffix.word)
    case let polish as PolishNumbers:
      guard digits.count == 2, look.at(end) == ".",
        let text = polish.decade(value, after: context.decades?.word ?? context.word)
      else { return nil }
      return NumberReading(end: AbbreviationStop.end(&look, end), text: text)
    default: return nil
    }
  }

  private func isInDecades(_ context: NumberContext) -> Bool {
    if Self.beforeDecade.contains(context.word) || context.isShortYear { return true }
    guard let decades = context.decades else { return false }
    return decades.hasCentury || Self.beforeDecade.contains(decades.word)
  }

  /// A year without its century ("in '68", "gli anni '90", "the '90s").
  func shortYear(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    if let found = decade(&look, start, context) { return found }
    // It may be a quote, too.
    if let (amount, end) = amount(&look, start),
      let found = measured(amount, &look, end, after: context.word)
    {
      return found
    }
    let (digits, end) = run(&look, start)
    guard digits.count == 2, !digits.hasPrefix("0"), let value = Int(digits), isEdge(&look, end)
    else { return nil }
    return NumberReading(end: end, text: language.cardinal(value))
  }

  /// Words in lower case after which two digits and an s are years, of a century or of a life.
  private static let beforeDecade: Set<String> = [
    "the", "early", "late", "mid", "his", "her", "their", "my", "your", "our", "swinging",
    "roaring",
  ]
}
