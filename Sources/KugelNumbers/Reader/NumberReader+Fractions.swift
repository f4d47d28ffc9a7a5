import KugelText

extension NumberReader {
  // MARK: - Fractions

  func fraction(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (first, end) = run(&look, start)
    guard (1...2).contains(first.count), let value = Int(first) else { return nil }
    if let sign = look.at(end), let part = VulgarFraction.of(sign) {
      return fraction(part, value, &look, end + 1, after: context.word)
    }
    if look.at(end) == " ", let sign = look.at(end + 1), let part = VulgarFraction.of(sign) {
      return fraction(part, value, &look, end + 2, after: context.word)
    }
    if look.at(end) == " ", let second = look.at(end + 1), second.isDigit {
      guard let part = slashed(&look, end + 1), part.isUsual else { return nil }
      return fraction(part, value, &look, part.end, after: context.word)
    }
    // "9/11", "Chapter 3/4" and "(1/2)" are no parts of anything.
    guard let part = slashed(&look, start), part.isUsual, !first.hasPrefix("0"),
      !Self.countedBefore.contains(context.word),
      !(context.before == "(" && look.at(part.end) == ")"),
      part.denominator <= 4 || isMeasured(&look, part.end)
    else { return nil }
    return fraction(part, nil, &look, part.end, after: context.word)
  }

  private func slashed(_ look: inout Lookahead, _ start: Int) -> VulgarFraction? {
    let (numerator, slash) = run(&look, start)
    guard (1...2).contains(numerator.count), look.at(slash) == "/" || look.at(slash) == "⁄" else {
      return nil
    }
    let (denominator, end) = run(&look, slash + 1)
    guard (1...2).contains(denominator.count), !denominator.hasPrefix("0"),
      let above = Int(numerator),
      let below = Int(denominator), below > 1, above > 0, isEdge(&look, end)
    else { return nil }
    return VulgarFraction(numerator: above, denominator: below, end: end)
  }

  func fraction(
    _ part: VulgarFraction, _ whole: Int?, _ look: inout Lookahead, _ end: Int,
    after word: String
  ) -> NumberReading? {
    let blank = skipBlank(&look, end)
    if let (noun, last) = measure(&look, blank, isApart: blank > end),
      let text = language.part(part, of: noun, whole: whole, after: word)
    {
      return NumberReading(end: last, text: text)
    }
    guard !(look.at(end)?.isWordPart ?? false) else { return nil }
    let text =
      whole.map { language.mixed($0, part.numerator, part.denominator) }
      ?? language.fraction(part.numerator, part.denominator)
    return text.map { NumberReading(end: end, text: $0) }
  }

  /// Something that is measured in such parts follows.
  private func isMeasured(_ look: inout Lookahead, _ end: Int) -> Bool {
    let blank = skipBlank(&look, end)
    if measure(&look, blank, isApart: blank > end) != nil { return true }
    guard blank > end else { return false }
    return Self.measures.contains(letters(&look, blank).word.lowercased())
  }

  /// Words in lower case after which two numbers are counts or a date.
  private static let countedBefore: Set<String> = Set(
    """
    on chapter chapters part parts section sections page pages figure step unit version act level \
    episode season game round week day since until by from kapitel teil seite abschnitt am vom band \
    folge schritt chapitre étape épisode capítulo página capitolo pagina parte hoofdstuk deel rozdział \
    strona część dnia
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let measures: Set<String> = Set(
    """
    of inch inches cup cups teaspoon teaspoons tablespoon tablespoons mile miles pint pints quart quarts \
    gallon gallons pound pounds ounce ounces hour hours litre litres liter liters kilo kilos der des \
    vom von de du des d del della dei di do da van kilogramm litro litros litri litra kg
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
