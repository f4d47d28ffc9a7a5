import KugelText

/// How an ordinal is written behind its digits.
struct OrdinalSuffix {
  var end: Int
  var gender = NumberGender.masculine
  /// Only the word before tells whether it is one.
  var needsWord = false

  static func read(
    _ look: inout Lookahead, _ start: Int, _ language: any NumberLanguage
  ) -> OrdinalSuffix? {
    switch language {
    case is EnglishNumbers:
      return word(&look, start, ["st", "nd", "rd", "th"])
    case is DutchNumbers:
      return word(&look, start, ["e", "ste", "de"])
    case is FrenchNumbers:
      if var found = word(&look, start, ["re", "ère", "ere"]) {
        found.gender = .feminine
        return found
      }
      return word(&look, start, ["er", "e", "è", "ème", "eme", "nd"])
    case is SpanishNumbers, is ItalianNumbers, is PortugueseNumbers:
      var index = start
      if look.at(index) == "." { index += 1 }
      switch look.at(index) {
      case "º", "°", "o":
        // A sign of degrees only where no unit follows, a letter only behind a stop.
        guard look.at(index) != "o" || index > start else { return nil }
        return edge(&look, index + 1, .masculine)
      case "ª", "a":
        guard look.at(index) != "a" || index > start else { return nil }
        return edge(&look, index + 1, .feminine)
      default: return nil
      }
    case is GermanNumbers:
      // "am 3. Mai", "der 2. Versuch": a word must follow.
      guard look.at(start) == ".", let blank = look.at(start + 1), blank.isWhite,
        let next = look.at(start + 2), next.isLetter
      else { return nil }
      return OrdinalSuffix(end: start + 1, needsWord: true)
    default: return nil
    }
  }

  private static func word(
    _ look: inout Lookahead, _ start: Int, _ words: [String]
  ) -> OrdinalSuffix? {
    let end = look.skip(start, while: \.isLetter)
    for word in words where end - start == word.unicodeScalars.count {
      if look.matches(word, at: start) { return edge(&look, end, .masculine) }
    }
    return nil
  }

  private static func edge(
    _ look: inout Lookahead, _ end: Int, _ gender: NumberGender
  ) -> OrdinalSuffix? {
    if let next = look.at(end), next.isWordPart { return nil }
    return OrdinalSuffix(end: end, gender: gender)
  }
}
