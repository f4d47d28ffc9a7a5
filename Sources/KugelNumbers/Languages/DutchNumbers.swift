struct DutchNumbers: NumberLanguage {
  private static let small = NumberScale.list(
    """
    nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien \
    zestien zeventien achttien negentien
    """)
  private static let tens = NumberScale.list(
    "- - twintig dertig veertig vijftig zestig zeventig tachtig negentig")

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    return NumberScale.groups(value).map { power, group in
      switch power {
      case 0: return below1000(group)
      case 1: return (group == 1 ? "" : below1000(group)) + "duizend"
      default:
        return "\(below1000(group)) \(["miljoen", "miljard", "biljoen"][power - 2])"
      }
    }.joined(separator: " ")
  }

  private func below1000(_ value: Int) -> String {
    let hundreds =
      value >= 200 ? Self.small[value / 100] + "honderd" : value >= 100 ? "honderd" : ""
    let rest = value % 100
    if rest == 0 { return hundreds }
    if rest < 20 { return hundreds + Self.small[rest] }
    guard rest % 10 > 0 else { return hundreds + Self.tens[rest / 10] }
    let unit = Self.small[rest % 10]
    return hundreds + unit + (unit.hasSuffix("e") ? "ën" : "en") + Self.tens[rest / 10]
  }

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    let words = cardinal(value)
    for (end, ordinal) in [
      ("een", "eerste"), ("twee", "tweede"), ("drie", "derde"), ("vier", "vierde"),
      ("vijf", "vijfde"), ("zes", "zesde"), ("zeven", "zevende"), ("acht", "achtste"),
      ("negen", "negende"), ("tien", "tiende"), ("elf", "elfde"), ("twaalf", "twaalfde"),
    ] where value % 100 < 13 && words.hasSuffix(end) {
      return words.dropLast(end.count) + ordinal
    }
    return words + (value % 100 < 20 && value % 100 > 0 ? "de" : "ste")
  }

  func year(_ value: Int) -> String {
    guard (1100..<2000).contains(value) else { return cardinal(value) }
    let rest = value % 100
    return "\(below1000(value / 100))honderd" + (rest == 0 ? "" : " \(cardinal(rest))")
  }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    "\(cardinal(day)) \(words.months[month - 1])" + (year.map { " \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = "\(cardinal(hour)) uur"
    if minute > 0 || second != nil { text += " \(cardinal(minute))" }
    if let second { text += " en \(counted(.init(whole: second), .init("seconde", "seconden")))" }
    return text
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    if amount.whole == 0 { return counted(.init(whole: cents), cent) }
    return "\(whole) \(cardinal(cents))"
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    switch denominator {
    case 2: return numerator == 1 ? "een half" : "\(cardinal(numerator)) halve"
    case 4: return numerator == 1 ? "een kwart" : "\(cardinal(numerator)) kwart"
    case 3, 5...20, 100:
      return ordinal(denominator, .masculine, after: "").map { "\(cardinal(numerator)) \($0)" }
    default: return nil
    }
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 {
      return whole == 1 ? "anderhalf" : "\(cardinal(whole)) en een half"
    }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) en \($0)" }
  }

  var words: NumberVocabulary { Self.vocabulary }

  private static let months = NumberScale.list(
    """
    januari februari maart april mei juni juli augustus september oktober november december
    """)

  private static let vocabulary = NumberVocabulary(
    dottedTimeWord: "uur", decimal: "komma", minus: "min", percent: "procent",
    permille: "promille", to: "tot", between: (["tussen"], "en"),
    ratio: (["verhouding", "schaal"], ["van"], "op"),
    comparisons: (
      "kleiner dan", "groter dan", "kleiner dan of gelijk aan", "groter dan of gelijk aan"
    ),
    powers: ("kwadraat", "tot de derde"),
    halves: ["een halve", "een halve", "een half"], partLink: "", about: "ongeveer", dot: "punt",
    at: "apenstaartje",
    number: "nummer",
    degree: .init("graad", "graden"), months: months,
    monthNames: NumberScale.monthNames(
      months, short: "jan feb mrt apr - jun jul aug sep/sept okt nov dec"),
    units: CountedNoun.table(
      """
      km=kilometer;m=meter;cm=centimeter;mm=millimeter;~kg=kilogram;~g=gram;~mg=milligram;t=ton;l=liter;
      L=liter;ml=milliliter;min=minuut|minuten;ms=milliseconde|milliseconden;s=seconde|seconden;~h=uur;
      km/h=kilometer per uur;m/s=meter per seconde;kB=kilobyte;KB=kilobyte;MB=megabyte;GB=gigabyte;
      TB=terabyte;Hz=hertz;kHz=kilohertz;MHz=megahertz;GHz=gigahertz;kW=kilowatt;kWh=kilowattuur;
      W=watt;V=volt;A=ampère;m²=vierkante meter;m2=vierkante meter;m³=kubieke meter;
      km²=vierkante kilometer;dB=decibel;kcal=kilocalorie|kilocalorieën
      """),
    currencies: [
      "€": (.init("euro", "euro"), .init("cent", "cent")),
      "EUR": (.init("euro", "euro"), .init("cent", "cent")),
      "$": (.init("dollar", "dollar"), .init("cent", "cent")),
      "USD": (.init("dollar", "dollar"), .init("cent", "cent")),
      "£": (.init("pond", "pond"), .init("penny", "pence")),
      "GBP": (.init("pond", "pond"), .init("penny", "pence")),
      "¥": (.init("yen", "yen"), nil),
    ],
    multipliers: ["duizend", "miljoen", "miljard", "biljoen"],
    shortMultipliers: [
      "mln": .init("miljoen", "miljoen"), "mld": .init("miljard", "miljard"),
    ],
    beforeYear: [
      "jaar", "sinds", "anno", "zomer", "winter", "voorjaar", "najaar", "herfst", "lente",
    ],
    beforeRoman: [
      "hfst", "hoofdstuk", "deel", "akte", "boek", "artikel", "wereldoorlog", "bijlage",
    ])
}
