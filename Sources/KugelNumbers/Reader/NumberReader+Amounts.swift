import KugelText

extension NumberReader {
  // MARK: - Units

  /// An amount with its unit, its currency or its percent sign behind it.
  func measured(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ end: Int, after before: String
  ) -> NumberReading? {
    let whole = skipEmptyCents(&look, end)
    if whole > end {
      guard let found = currency(&look, skipBlank(&look, whole)) else { return nil }
      return NumberReading(
        end: found.end,
        text: language.money(amount, unit: found.unit, cent: found.cent, after: before))
    }
    let index = skipBlank(&look, end)
    guard let sign = look.at(index) else { return nil }
    if sign == "%" || sign == "‰" {
      let word = sign == "%" ? words.percent : words.permille
      let isNoun = language is GermanNumbers
      let text =
        isNoun
        ? language.counted(amount, .init(word, word))
        : "\(language.spoken(amount, after: before)) \(word)"
      return NumberReading(end: index + 1, text: text)
    }
    if sign == "°" || sign == "º" { return degrees(amount, &look, index, after: before) }
    if sign == "€" || sign == "$" || sign == "£" || sign == "¥" {
      guard let currency = words.currencies[String(sign)] else { return nil }
      return rated(
        &look, index + 1,
        language.money(amount, unit: currency.unit, cent: currency.cent, after: before))
    }
    return multiplied(amount, &look, index, after: before)
      ?? unit(amount, &look, index, isApart: index > end, after: before)
  }

  private func degrees(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int, after before: String
  ) -> NumberReading? {
    // "1º" is an ordinal where it is written so.
    if look.at(index) == "º" { return nil }
    if isItalianOrdinal(amount, &look, index) { return nil }
    let text = language.counted(amount, words.degree, after: before)
    let scale = look.at(index + 1)
    let isEnd = !(look.at(index + 2)?.isWordPart ?? false)
    if scale == "C", isEnd {
      return NumberReading(end: index + 2, text: "\(text) \(words.celsius)")
    }
    if scale == "F", isEnd {
      return NumberReading(end: index + 2, text: "\(text) \(words.fahrenheit)")
    }
    if scale?.isWordPart ?? false { return nil }
    return NumberReading(end: index + 1, text: text)
  }

  /// "5 million €", "3,2 Mrd. EUR", "3 Mio. Leute".
  private func multiplied(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int, after before: String
  ) -> NumberReading? {
    let word = letters(&look, index)
    if let short = words.shortMultipliers[word.word.lowercased()] {
      let text = language.counted(amount, short, after: before)
      let next = look.at(word.end) == "." ? word.end + 1 : word.end
      if let currency = currency(&look, skipBlank(&look, next)) {
        let unit = currency.unit.many
        return NumberReading(end: currency.end, text: "\(text) \(language.link(to: unit))\(unit)")
      }
      // A single letter is one before money only: "5 M€", but "5 m".
      guard word.word.count > 1, !(look.at(word.end)?.isWordPart ?? false) else { return nil }
      return NumberReading(end: abbreviationEnd(&look, word.end), text: text)
    }
    guard words.multipliers.contains(word.word.lowercased()) else { return nil }
    guard let currency = currency(&look, skipBlank(&look, word.end)) else { return nil }
    return NumberReading(
      end: currency.end, text: millions(amount, word.word, currency.unit))
  }

  func abbreviationEnd(_ look: inout Lookahead, _ stop: Int) -> Int {
    AbbreviationStop.end(&look, stop, nouns: language is GermanNumbers)
  }

  func millions(_ amount: WrittenAmount, _ word: String, _ unit: CountedNoun) -> String {
    // "dois mil reais", but "dois milhões de reais".
    let isThousand = ["mil", "mille", "mila"].contains(word.lowercased())
    let link = isThousand ? "" : language.link(to: unit.many)
    return "\(language.spoken(amount)) \(word) \(link)\(unit.many)"
  }

  func currency(
    _ look: inout Lookahead, _ index: Int
  ) -> (unit: CountedNoun, cent: CountedNoun?, end: Int)? {
    if let sign = look.at(index), let found = words.currencies[String(sign)] {
      return (found.unit, found.cent, index + 1)
    }
    let code = letters(&look, index)
    guard code.word.count > 1, let found = words.currencies[code.word],
      !(look.at(code.end)?.isWordPart ?? false)
    else { return nil }
    return (found.unit, found.cent, code.end)
  }

  private func unit(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int, isApart: Bool,
    after before: String
  ) -> NumberReading? {
    if let currency = currency(&look, index) {
      return rated(
        &look, currency.end,
        language.money(amount, unit: currency.unit, cent: currency.cent, after: before))
    }
    guard let (noun, end) = measure(&look, index, isApart: isApart) else { return nil }
    return NumberReading(end: end, text: language.counted(amount, noun, after: before))
  }

  /// A unit, with its stop where that only shortens it.
  func measure(
    _ look: inout Lookahead, _ index: Int, isApart: Bool
  ) -> (noun: CountedNoun, end: Int)? {
    let end = look.skip(index) {
      $0.isLetter || $0 == "/" || $0 == "²" || $0 == "³" || $0 == "2"
    }
    let name = text(&look, index..<end)
    guard !name.isEmpty, name.count < 8, let noun = words.units[name],
      !(look.at(end)?.isWordPart ?? false), !isElision(&look, end)
    else { return nil }
    // These are words or letters of their own where they stand apart.
    if isApart, ["A", "V", "W", "t", "L"].contains(name), !isGlue(&look, index - 1) {
      return nil
    }
    return (noun, Self.shortened.contains(name) ? abbreviationEnd(&look, end) : end)
  }

  /// "5 s'applique": a word that has lost its end.
  private func isElision(_ look: inout Lookahead, _ end: Int) -> Bool {
    guard let mark = look.at(end), mark == "'" || mark == "’" else { return false }
    return look.at(end + 1)?.isLetter ?? false
  }

  /// Units that are written with a stop.
  private static let shortened: Set<String> = Set(
    """
    min Min mins Std Sek sek sec secs seg hr hrs lb lbs oz ft yd yds mi tsp tbsp TL EL Stk godz
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  private func isGlue(_ look: inout Lookahead, _ index: Int) -> Bool {
    look.at(index)?.isGlue ?? false
  }

  /// "2° piano" is no temperature: a noun follows, and the sign touches its number.
  private func isItalianOrdinal(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ sign: Int
  ) -> Bool {
    guard language is ItalianNumbers, amount.isWhole, (1...100).contains(amount.whole),
      look.at(sign - 1)?.isDigit ?? false, look.at(sign + 1) == " "
    else { return false }
    let next = letters(&look, sign + 2)
    return next.word.count > 3 && next.word.first?.isLowercase == true
      && !Self.behindDegrees.contains(next.word)
  }

  private static let behindDegrees: Set<String> = [
    "sotto", "sopra", "dopo", "circa", "oggi", "domani", "nord", "ovest", "alla", "alle", "nella",
    "nelle", "sulla", "fino", "durante", "all", "quando", "mentre", "questa", "verso", "anche",
    "celsius", "centigradi", "gradi",
  ]
}
