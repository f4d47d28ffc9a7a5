import KugelText

extension NumberReader {
  // MARK: - Ranges

  func range(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let mark = look.at(end), mark == "–" || mark == "-" || mark == "—" else { return nil }
    let joint = language.joint(after: context.word)
    // "5–$10": the sign belongs to both.
    if let sign = look.at(end + 1), words.currencies[String(sign)] != nil,
      let (other, _) = self.amount(&look, end + 2), other.whole > amount.whole,
      let money = signedMoney(&look, end + 1)
    {
      return NumberReading(
        end: money.end, text: "\(language.spoken(amount)) \(joint) \(money.text)")
    }
    guard let first = look.at(end + 1), first.isDigit,
      let (other, last) = self.amount(&look, end + 1)
    else { return nil }
    // A third part makes it a code, a smaller number a score.
    if let next = look.at(last), next == "-" || next == "–" { return nil }
    if let years = shortYears(amount, &look, end, joint) { return years }
    let isRising = other.whole > amount.whole || other.whole == amount.whole && !other.isWhole
    guard isRising, mark != "-" || amount.whole < 10_000 else { return nil }
    let isYears =
      (1100..<2100).contains(amount.whole) && (1100..<2100).contains(other.whole) && amount.isWhole
      && other.isWhole && !amount.isGrouped
    if isYears, isEdge(&look, last) {
      return NumberReading(
        end: last,
        text: "\(language.year(amount.whole)) \(joint) \(language.year(other.whole))")
    }
    // "9–11am".
    if amount.isWhole, other.isWhole, (1...12).contains(other.whole),
      let half = dayHalf(&look, last)
    {
      let text = language.time(
        hour: other.whole, minute: 0, second: nil, suffix: half.half, after: "")
      return NumberReading(
        end: half.end, text: "\(language.spoken(amount)) \(joint) \(text)")
    }
    let index = skipBlank(&look, last)
    if let (noun, behind) = measure(&look, index, isApart: index > last),
      let text = language.range(amount, other, noun, after: context.word)
    {
      return NumberReading(end: behind, text: text)
    }
    if let currency = currency(&look, index),
      let text = language.range(amount, other, currency.unit, after: context.word)
    {
      return NumberReading(end: currency.end, text: text)
    }
    if let behind = measured(other, &look, last, after: "") {
      return NumberReading(
        end: behind.end, text: "\(language.spoken(amount)) \(joint) \(behind.text)")
    }
    guard isEdge(&look, last) else { return nil }
    let text =
      language.range(amount, other, nil, after: context.word)
      ?? "\(language.spoken(amount)) \(joint) \(language.spoken(other))"
    return NumberReading(end: last, text: text)
  }

  /// "1990–95"
  private func shortYears(
    _ first: WrittenAmount, _ look: inout Lookahead, _ mark: Int, _ joint: String
  ) -> NumberReading? {
    let (digits, end) = run(&look, mark + 1)
    guard first.isWhole, !first.isGrouped, (1100..<2100).contains(first.whole),
      digits.count == 2, let last = Int(digits), last > first.whole % 100, isEdge(&look, end),
      !isCounted(&look, end)
    else { return nil }
    return NumberReading(
      end: end, text: "\(language.year(first.whole)) \(joint) \(language.cardinal(last))")
  }
}
