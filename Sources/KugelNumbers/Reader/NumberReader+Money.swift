import KugelText

extension NumberReader {
  // MARK: - Money before its amount

  func signedMoney(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let isReal = look.at(start) == "R"
    let sign = isReal ? "R$" : text(&look, start..<(start + 1))
    guard let currency = words.currencies[sign] else { return nil }
    let first = skipBlank(&look, start + sign.count)
    guard let (amount, written) = amount(&look, first) else { return nil }
    let end = skipEmptyCents(&look, written)
    if let found = moneyRange(amount, currency, &look, end, sign) { return found }
    let blank = skipBlank(&look, end)
    let word = letters(&look, blank)
    if blank > end, words.multipliers.contains(word.word.lowercased()) {
      return NumberReading(
        end: word.end, text: millions(amount, word.word, currency.unit))
    }
    if let next = look.at(end), let scale = moneyScale(next),
      !(look.at(end + 1)?.isWordPart ?? false)
    {
      let text = "\(language.spoken(amount)) \(scale)"
      // "$1M–$2M"
      if isRangeMark(look.at(end + 1)), look.matches(sign, at: end + 2),
        let last = signedMoney(&look, end + 2)
      {
        return NumberReading(end: last.end, text: "\(text) \(words.to) \(last.text)")
      }
      return NumberReading(end: end + 1, text: "\(text) \(currency.unit.many)")
    }
    guard isEdge(&look, end) else { return nil }
    return rated(
      &look, end, language.money(amount, unit: currency.unit, cent: currency.cent))
  }

  /// "EUR 20", "US$5".
  func codedMoney(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    guard look.at(start + 1)?.isUpper ?? false else { return nil }
    let code = letters(&look, start)
    if code.word == "US", look.at(code.end) == "$" { return signedMoney(&look, code.end) }
    let first = skipBlank(&look, code.end)
    guard first > code.end, let currency = words.currencies[code.word],
      let (amount, end) = amount(&look, first), isEdge(&look, end)
    else { return nil }
    return NumberReading(
      end: end, text: language.money(amount, unit: currency.unit, cent: currency.cent))
  }

  /// "$5–10", "$5-$10 million".
  private func moneyRange(
    _ amount: WrittenAmount, _ currency: (unit: CountedNoun, cent: CountedNoun?),
    _ look: inout Lookahead, _ mark: Int, _ sign: String
  ) -> NumberReading? {
    guard isRangeMark(look.at(mark)) else { return nil }
    let first = look.matches(sign, at: mark + 1) ? mark + 1 + sign.unicodeScalars.count : mark + 1
    guard let (other, end) = self.amount(&look, first), other.whole > amount.whole else {
      return nil
    }
    let from = "\(language.spoken(amount)) \(words.to) "
    let blank = skipBlank(&look, end)
    let word = letters(&look, blank)
    if blank > end, words.multipliers.contains(word.word.lowercased()) {
      return NumberReading(end: word.end, text: from + millions(other, word.word, currency.unit))
    }
    if let next = look.at(end), let scale = moneyScale(next),
      !(look.at(end + 1)?.isWordPart ?? false)
    {
      return NumberReading(
        end: end + 1, text: "\(from)\(language.spoken(other)) \(scale) \(currency.unit.many)")
    }
    guard isEdge(&look, end), !isRangeMark(look.at(end)) else { return nil }
    return rated(
      &look, end, from + language.money(other, unit: currency.unit, cent: currency.cent))
  }

  /// "5,- €" has no cents.
  func skipEmptyCents(_ look: inout Lookahead, _ end: Int) -> Int {
    guard look.at(end) == words.decimalMark, isRangeMark(look.at(end + 1)),
      !(look.at(end + 2)?.isWordPart ?? false)
    else { return end }
    return end + 2
  }

  /// Money, and for how long it lasts: "$10/month".
  func rated(_ look: inout Lookahead, _ end: Int, _ money: String) -> NumberReading {
    guard look.at(end) == "/", !words.rates.isEmpty else {
      return NumberReading(end: end, text: money)
    }
    let unit = letters(&look, end + 1)
    guard let rate = words.rates[unit.word], !(look.at(unit.end)?.isWordPart ?? false) else {
      return NumberReading(end: end, text: money)
    }
    return NumberReading(end: unit.end, text: "\(money) \(rate)")
  }

  private func moneyScale(_ scalar: Unicode.Scalar) -> String? {
    guard language is EnglishNumbers else { return nil }
    switch scalar {
    case "k", "K": return "thousand"
    case "m", "M": return "million"
    case "b", "B": return "billion"
    default: return nil
    }
  }
}
