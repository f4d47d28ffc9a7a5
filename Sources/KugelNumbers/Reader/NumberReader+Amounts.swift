import KugelText

extension NumberReader {
  // MARK: - Units

  /// An amount with its unit, its currency or its percent sign behind it.
  func measured(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ end: Int
  ) -> NumberReading? {
    let index = skipBlank(&look, end)
    guard let sign = look.at(index) else { return nil }
    if sign == "%" || sign == "‰" {
      let word = sign == "%" ? words.percent : words.permille
      return NumberReading(end: index + 1, text: "\(language.spoken(amount)) \(word)")
    }
    if sign == "°" || sign == "º" { return degrees(amount, &look, index) }
    if sign == "€" || sign == "$" || sign == "£" || sign == "¥" {
      guard let currency = words.currencies[String(sign)] else { return nil }
      return NumberReading(
        end: index + 1,
        text: language.money(amount, unit: currency.unit, cent: currency.cent))
    }
    return multiplied(amount, &look, index) ?? unit(amount, &look, index, isApart: index > end)
  }

  private func degrees(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int
  ) -> NumberReading? {
    // "1º" is an ordinal where it is written so.
    if look.at(index) == "º" { return nil }
    let text = language.counted(amount, words.degree)
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

  /// "5 million €", "3,2 Mrd. EUR".
  private func multiplied(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int
  ) -> NumberReading? {
    let word = letters(&look, index)
    guard words.multipliers.contains(word.word.lowercased()) else { return nil }
    var next = word.end
    if look.at(next) == ".", word.word.count <= 3 { next += 1 }
    let sign = skipBlank(&look, next)
    guard let currency = currency(&look, sign) else { return nil }
    return NumberReading(
      end: currency.end, text: millions(amount, word.word, currency.unit))
  }

  private func millions(_ amount: WrittenAmount, _ word: String, _ unit: CountedNoun) -> String {
    // "deux millions d'euros", but "de dollars".
    let isElided = words.multiplierLink == "d'" && !"aeiouéy".contains(unit.many.prefix(1))
    let link = isElided ? "de " : words.multiplierLink
    return "\(language.spoken(amount)) \(word) \(link)\(unit.many)"
  }

  private func currency(
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
    _ amount: WrittenAmount, _ look: inout Lookahead, _ index: Int, isApart: Bool
  ) -> NumberReading? {
    if let currency = currency(&look, index) {
      return NumberReading(
        end: currency.end,
        text: language.money(amount, unit: currency.unit, cent: currency.cent))
    }
    let end = look.skip(index) {
      $0.isLetter || $0 == "/" || $0 == "²" || $0 == "³" || $0 == "2"
    }
    let name = text(&look, index..<end)
    guard !name.isEmpty, name.count < 8, let noun = words.units[name],
      !(look.at(end)?.isWordPart ?? false)
    else { return nil }
    // These are words or letters of their own where they stand apart.
    if isApart, ["A", "V", "W", "t", "h", "s", "L"].contains(name), !isGlue(&look, index - 1) {
      return nil
    }
    return NumberReading(end: end, text: language.counted(amount, noun))
  }

  private func isGlue(_ look: inout Lookahead, _ index: Int) -> Bool {
    look.at(index)?.isGlue ?? false
  }

  // MARK: - Money before its amount

  func signedMoney(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let isReal = look.at(start) == "R"
    let sign = isReal ? "R$" : text(&look, start..<(start + 1))
    guard let currency = words.currencies[sign] else { return nil }
    let first = skipBlank(&look, start + sign.count)
    guard let (amount, end) = amount(&look, first) else { return nil }
    let blank = skipBlank(&look, end)
    let word = letters(&look, blank)
    if blank > end, words.multipliers.contains(word.word.lowercased()) {
      return NumberReading(
        end: word.end, text: millions(amount, word.word, currency.unit))
    }
    if let next = look.at(end), let scale = moneyScale(next),
      !(look.at(end + 1)?.isWordPart ?? false)
    {
      return NumberReading(
        end: end + 1, text: "\(language.spoken(amount)) \(scale) \(currency.unit.many)")
    }
    guard isEdge(&look, end) else { return nil }
    return NumberReading(
      end: end, text: language.money(amount, unit: currency.unit, cent: currency.cent))
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

  // MARK: - Ranges

  func range(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ start: Int, _ end: Int
  ) -> NumberReading? {
    guard let mark = look.at(end), mark == "–" || mark == "-" || mark == "—" else { return nil }
    guard let first = look.at(end + 1), first.isDigit,
      let (other, last) = self.amount(&look, end + 1)
    else { return nil }
    // A third part makes it a code, a smaller number a score.
    if let next = look.at(last), next == "-" || next == "–" { return nil }
    let isRising = other.whole > amount.whole || other.whole == amount.whole && !other.isWhole
    guard isRising, mark != "-" || amount.whole < 10_000 else { return nil }
    let isYears =
      (1100..<2100).contains(amount.whole) && (1100..<2100).contains(other.whole) && amount.isWhole
      && other.isWhole && !amount.isGrouped
    if isYears, isEdge(&look, last) {
      return NumberReading(
        end: last,
        text: "\(language.year(amount.whole)) \(words.to) \(language.year(other.whole))")
    }
    if let behind = measured(other, &look, last) {
      return NumberReading(
        end: behind.end, text: "\(language.spoken(amount)) \(words.to) \(behind.text)")
    }
    guard isEdge(&look, last) else { return nil }
    return NumberReading(
      end: last, text: "\(language.spoken(amount)) \(words.to) \(language.spoken(other))")
  }

  // MARK: - Fractions

  func fraction(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let (first, end) = run(&look, start)
    guard (1...2).contains(first.count), let value = Int(first) else { return nil }
    if let sign = look.at(end), let part = VulgarFraction.of(sign) {
      return fraction(part, value, &look, end + 1)
    }
    if look.at(end) == " ", let second = look.at(end + 1), second.isDigit {
      guard let part = slashed(&look, end + 1), part.numerator < part.denominator else {
        return nil
      }
      return fraction(part, value, &look, part.end)
    }
    guard let part = slashed(&look, start), part.numerator < part.denominator else { return nil }
    return fraction(part, nil, &look, part.end)
  }

  private func slashed(_ look: inout Lookahead, _ start: Int) -> VulgarFraction? {
    let (numerator, slash) = run(&look, start)
    guard (1...2).contains(numerator.count), look.at(slash) == "/" || look.at(slash) == "⁄" else {
      return nil
    }
    let (denominator, end) = run(&look, slash + 1)
    guard (1...3).contains(denominator.count), let above = Int(numerator),
      let below = Int(denominator), below > 1, above > 0, isEdge(&look, end)
    else { return nil }
    return VulgarFraction(numerator: above, denominator: below, end: end)
  }

  func fraction(
    _ part: VulgarFraction, _ whole: Int?, _ look: inout Lookahead, _ end: Int
  ) -> NumberReading? {
    guard !(look.at(end)?.isWordPart ?? false) else { return nil }
    let text =
      whole.map { language.mixed($0, part.numerator, part.denominator) }
      ?? language.fraction(part.numerator, part.denominator)
    return text.map { NumberReading(end: end, text: $0) }
  }
}
