import KugelText

extension NumberReader {
  // MARK: - Roman numerals

  /// Only behind a word that wants one: "Chapter IV", "Louis XIV".
  func numeral(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    if let century = century(&look, start, context) { return century }
    let isRuler = NumberVocabulary.rulers.contains(context.word)
    guard isRuler || words.beforeRoman.contains(context.word) else { return nil }
    let found = letters(&look, start)
    guard found.word.count < 8, let value = RomanNumeral.value(of: found.word),
      !(look.at(found.end)?.isWordPart ?? false)
    else { return nil }
    // "I" is a word of its own in English.
    if found.word == "I", language is EnglishNumbers, isRuler { return nil }
    guard isRuler else { return NumberReading(end: found.end, text: language.cardinal(value)) }
    var end = found.end
    if look.at(end) == ".", language is GermanNumbers || language is PolishNumbers {
      end = AbbreviationStop.end(&look, end)
    }
    let article =
      language is EnglishNumbers
      ? "the " : language is GermanNumbers ? "der " : language is DutchNumbers ? "de " : ""
    guard let ordinal = language.ordinal(value, .masculine, after: "der") else {
      return language is PolishNumbers
        ? nil : NumberReading(end: found.end, text: language.cardinal(value))
    }
    // Romance languages count their rulers after the tenth.
    let isCounted =
      value > 10 && (language is SpanishNumbers || language is PortugueseNumbers)
      || language is FrenchNumbers && value > 1
    if isCounted { return NumberReading(end: found.end, text: language.cardinal(value)) }
    return NumberReading(
      end: end, text: article + (article == "der " ? ordinal.capitalizedFirst : ordinal))
  }

  /// "XIXe siècle", "XIX secolo", "XIX wiek", and "François Ier".
  private func century(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let written = look.skip(start) { $0 == "I" || $0 == "V" || $0 == "X" }
    guard written - start < 8, let value = RomanNumeral.value(of: text(&look, start..<written))
    else {
      return nil
    }
    let suffix = letters(&look, written)
    guard !(look.at(suffix.end)?.isWordPart ?? false) else { return nil }
    func behind() -> (word: String, end: Int) {
      let found = letters(&look, skipBlank(&look, suffix.end))
      return (found.word.lowercased(), found.end)
    }
    switch language {
    case is FrenchNumbers:
      let isFirst = value == 1 && ["er", "re", "ère"].contains(suffix.word)
      let isLater =
        value > 1 && ["e", "è", "ème"].contains(suffix.word)
        && (written - start > 1 || Self.frenchCounted.contains(behind().word))
      guard isFirst || isLater else { return nil }
      let gender = suffix.word == "er" || isLater ? NumberGender.masculine : .feminine
      return language.ordinal(value, gender, after: "").map {
        NumberReading(end: suffix.end, text: $0)
      }
    case is ItalianNumbers, is EnglishNumbers:
      // "I" is a word of its own.
      guard suffix.word.isEmpty, written - start > 1,
        ["secolo", "century"].contains(behind().word)
      else { return nil }
      return language.ordinal(value, .masculine, after: "").map {
        NumberReading(end: written, text: $0)
      }
    case is DutchNumbers:
      guard suffix.word == "e", ["eeuw", "eeuwse"].contains(behind().word) else { return nil }
      return language.ordinal(value, .masculine, after: "").map {
        NumberReading(end: suffix.end, text: $0)
      }
    case let polish as PolishNumbers:
      guard suffix.word.isEmpty else { return nil }
      let (word, end) = behind()
      guard word != "w" else {
        guard look.at(end) == "." else { return nil }
        return NumberReading(
          end: AbbreviationStop.end(&look, end),
          text: polish.century(value, "wieku", after: context.word) + " wieku")
      }
      guard word == "wiek" || word == "wieku" else { return nil }
      return NumberReading(
        end: written, text: polish.century(value, word, after: context.word))
    default: return nil
    }
  }

  private static let frenchCounted: Set<String> = [
    "siècle", "siècles", "république", "arrondissement", "millénaire", "dynastie", "et", "ou",
  ]
}
