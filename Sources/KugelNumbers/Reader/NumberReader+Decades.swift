import KugelText

extension NumberReader {
  /// "1980s", "the 80s": years, no seconds.
  func decade(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let language = language as? EnglishNumbers else { return nil }
    let (digits, end) = run(&look, start)
    guard digits.count == 4 || digits.count == 2, let value = Int(digits), value % 10 == 0 else {
      return nil
    }
    let mark = look.at(end)
    let letter = mark == "'" || mark == "’" ? end + 1 : end
    guard look.at(letter) == "s", !(look.at(letter + 1)?.isWordPart ?? false) else { return nil }
    let isDecade =
      digits.count == 4
      ? (1100..<2100).contains(value)
      : value >= 20 && Self.beforeDecade.contains(context.word)
    return isDecade ? NumberReading(end: letter + 1, text: language.decade(value)) : nil
  }

  /// Words in lower case after which two digits and an s are years, of a century or of a life.
  private static let beforeDecade: Set<String> = [
    "the", "early", "late", "mid", "his", "her", "their", "my", "your", "our", "swinging",
    "roaring",
  ]
}
