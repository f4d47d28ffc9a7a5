// Numbers in the case that a word before them asks for.
extension PolishNumbers {
  func range(
    _ first: WrittenAmount, _ last: WrittenAmount, _ noun: CountedNoun?, after word: String
  ) -> String? {
    guard first.isWhole, last.isWhole, !words.between.before.contains(word) else { return nil }
    let isBegun = ["od", "około", "ok"].contains(word)
    return (isBegun ? "" : "od ") + "\(genitive(first.whole)) do \(genitive(last.whole))"
      + (noun.map { " \($0.many)" } ?? "")
  }

  private static let smallGenitives = NumberScale.list(
    """
    zera jednego dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu \
    jedenastu dwunastu trzynastu czternastu piętnastu szesnastu siedemnastu osiemnastu dziewiętnastu
    """)
  private static let tenGenitives = NumberScale.list(
    """
    - - dwudziestu trzydziestu czterdziestu pięćdziesięciu sześćdziesięciu siedemdziesięciu \
    osiemdziesięciu dziewięćdziesięciu
    """)
  private static let hundredGenitives = NumberScale.list(
    "- stu dwustu trzystu czterystu pięciuset sześciuset siedmiuset ośmiuset dziewięciuset")

  func days(_ first: Int, _ last: Int, month: Int, year: Int?, after word: String) -> String? {
    let from = ordinal(first, .genitive)
    return (word == "od" ? "" : "od ") + "\(from) do "
      + date(day: last, month: month, year: year, after: "do")
  }

  private static let scaleGenitives = [
    ("tysiąca", "tysięcy"), ("miliona", "milionów"), ("miliarda", "miliardów"),
    ("biliona", "bilionów"),
  ]

  private func genitive(_ value: Int) -> String {
    if value == 0 { return Self.smallGenitives[0] }
    return NumberScale.groups(value).map { power, group in
      guard power > 0 else { return genitiveBelow1000(group) }
      let scale = Self.scaleGenitives[power - 1]
      return group == 1 ? scale.0 : "\(genitiveBelow1000(group)) \(scale.1)"
    }.joined(separator: " ")
  }

  // MARK: - Cases that a word before asks for

  private static let governsGenitive: Set<String> = [
    "od", "do", "około", "ok", "bez", "powyżej", "poniżej", "dla", "koło", "ciągu", "spośród",
  ]
  private static let governsAccusative: Set<String> = ["za", "przez", "na", "o", "co", "ponad"]

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun, after word: String) -> String {
    guard amount.isWhole else { return counted(amount, noun) }
    if Self.governsGenitive.contains(word) {
      guard amount.whole == 1 else { return "\(genitive(amount.whole)) \(noun.many)" }
      return (noun.gender == .feminine ? "jednej " : "jednego ") + noun.part
    }
    if amount.whole == 1, noun.gender == .feminine, noun.one.hasSuffix("a"),
      Self.governsAccusative.contains(word)
    {
      return "jedną \(noun.one.dropLast())ę"
    }
    return counted(amount, noun)
  }

  func money(
    _ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?, after word: String
  ) -> String {
    guard let cent, let cents = cents(of: amount) else {
      return counted(amount, unit, after: word)
    }
    let small = counted(.init(whole: cents), cent, after: word)
    if amount.whole == 0, cents > 0 { return small }
    let whole = counted(.init(whole: amount.whole), unit, after: word)
    return cents == 0 ? whole : "\(whole) \(small)"
  }

  func spoken(_ amount: WrittenAmount, after word: String) -> String {
    amount.isWhole && Self.governsGenitive.contains(word)
      ? genitive(amount.whole) : spoken(amount)
  }

  private func genitiveBelow1000(_ value: Int) -> String {
    var parts: [String] = []
    if value >= 100 { parts.append(Self.hundredGenitives[value / 100]) }
    let rest = value % 100
    if rest < 20 {
      if rest > 0 { parts.append(Self.smallGenitives[rest]) }
    } else {
      parts.append(Self.tenGenitives[rest / 10])
      // "dwadzieścia jeden" keeps its one.
      if rest % 10 > 0 {
        parts.append(rest % 10 == 1 ? "jeden" : Self.smallGenitives[rest % 10])
      }
    }
    return parts.joined(separator: " ")
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    let small = counted(.init(whole: cents), cent)
    return amount.whole == 0 ? small : "\(whole) \(small)"
  }
}
