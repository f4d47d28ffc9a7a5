import KugelText

struct GermanNumbers: NumberLanguage {
  private static let small = NumberScale.list(
    """
    null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn \
    sechzehn siebzehn achtzehn neunzehn
    """)
  private static let tens = NumberScale.list(
    "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    let words = joined(value)
    guard value % 100 == 1 else { return words }
    // "eins" alone, "ein" and "eine" before what is counted.
    return value == 1 && gender == .feminine ? "eine" : words + "s"
  }

  /// With "ein" at its end, as before a noun.
  private func joined(_ value: Int) -> String {
    if value == 0 { return Self.small[0] }
    var parts: [String] = []
    for (power, group) in NumberScale.groups(value) {
      switch power {
      case 0: parts.append(below1000(group))
      case 1: parts.append(below1000(group) + "tausend")
      default:
        let names = [
          ("Million", "Millionen"), ("Milliarde", "Milliarden"), ("Billion", "Billionen"),
        ]
        let name = names[power - 2]
        parts.append(
          (group == 1 ? "eine \(name.0) " : "\(below1000(group)) \(name.1) "))
      }
    }
    return parts.joined().trimmed
  }

  private func below1000(_ value: Int) -> String {
    let hundreds = value >= 100 ? Self.small[value / 100] + "hundert" : ""
    let rest = value % 100
    if rest == 0 { return hundreds }
    if rest < 20 { return hundreds + Self.small[rest] }
    let unit = rest % 10 == 0 ? "" : Self.small[rest % 10] + "und"
    return hundreds + unit + Self.tens[rest / 10]
  }

  /// The ordinal without its ending.
  private func stem(_ value: Int) -> String {
    let irregular = [1: "erst", 3: "dritt", 7: "siebt", 8: "acht"]
    let rest = value % 100
    if rest < 20, rest > 0 {
      let head = value > rest ? joined(value - rest) : ""
      return head + (irregular[rest] ?? Self.small[rest] + "t")
    }
    return joined(value) + "st"
  }

  private func ending(after word: String) -> String? {
    switch word {
    case "der", "die", "das", "eine", "diese", "dieser", "dieses", "jede", "jeder", "jedes": "e"
    case "am", "im", "vom", "zum", "zur", "beim", "dem", "den", "des", "einem", "einen", "einer",
      "ab", "bis", "seit", "ihrem", "seinem", "seinen", "ihren", "meinem", "unserem", "jedem",
      "jeden":
      "en"
    default: nil
    }
  }

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    ending(after: word).map { stem(value) + $0 }
  }

  func year(_ value: Int) -> String {
    guard (1100..<2000).contains(value) else { return cardinal(value) }
    let rest = value % 100
    return below1000(value / 100) + "hundert" + (rest == 0 ? "" : cardinal(rest, .masculine))
  }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let ordinal = stem(day) + (ending(after: word) ?? "er")
    return "\(ordinal) \(words.months[month - 1])" + (year.map { " \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = "\(joined(hour)) Uhr"
    if minute > 0 || second != nil { text += " \(cardinal(minute))" }
    if let second {
      text += " und \(counted(.init(whole: second), .init("Sekunde", "Sekunden", .feminine)))"
    }
    return text
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    if amount.whole == 0 { return counted(.init(whole: cents), cent) }
    return "\(whole) \(cardinal(cents))"
  }

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String {
    let form = form(of: noun, for: amount)
    guard amount.isWhole else { return "\(spoken(amount)) \(form)" }
    let isFeminineOne = amount.whole == 1 && noun.gender == .feminine
    return "\(isFeminineOne ? "eine" : joined(amount.whole)) \(form)"
  }

  private static let dative: Set<String> = [
    "mit", "nach", "von", "aus", "bei", "seit", "zu", "vor", "in", "ab", "binnen",
  ]
  private static let accusative: Set<String> = ["um", "für", "ohne", "durch", "gegen", "über"]

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun, after word: String) -> String {
    guard amount.isWhole, amount.whole == 1 else { return counted(amount, noun) }
    if Self.dative.contains(word) {
      return (noun.gender == .feminine ? "einer " : "einem ") + noun.one
    }
    let isMasculine = noun.gender == .masculine
    return isMasculine && Self.accusative.contains(word)
      ? "einen \(noun.one)" : counted(amount, noun)
  }

  func money(
    _ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?, after word: String
  ) -> String {
    amount.whole == 1 && (amount.isWhole || cents(of: amount) == 0)
      ? counted(.init(whole: 1), unit, after: word) : money(amount, unit: unit, cent: cent)
  }

  func days(_ first: Int, _ last: Int, month: Int, year: Int?, after word: String) -> String? {
    let from = stem(first) + (ending(after: word) ?? "er")
    return "\(from) \(joint(after: word)) "
      + date(day: last, month: month, year: year, after: word)
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    switch denominator {
    case 2: return numerator == 1 ? "ein halb" : "\(joined(numerator)) halbe"
    case 3...20, 100: return "\(joined(numerator)) \(stem(denominator).capitalizedFirst)el"
    default: return nil
    }
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if denominator == 2, numerator == 1 { return "\(joined(whole))einhalb" }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) \($0)" }
  }

  func decimals(_ digits: String) -> String { self.digits(digits) }

  func part(
    _ part: VulgarFraction, of noun: CountedNoun, whole: Int?, after word: String
  ) -> String? {
    if let whole {
      return mixed(whole, part.numerator, part.denominator).map { "\($0) \(noun.many)" }
    }
    guard part.numerator == 1, part.denominator == 2 else {
      return fraction(part.numerator, part.denominator).map { "\($0) \(noun.one)" }
    }
    let isDative = Self.dative.contains(word)
    switch noun.gender {
    case .feminine: return (isDative ? "einer halben " : "eine halbe ") + noun.one
    case .neuter: return (isDative ? "einem halben " : "ein halbes ") + noun.one
    // As in a list of what is needed, or as what somebody takes.
    case .masculine where isDative: return "einem halben \(noun.one)"
    case .masculine: return (word.isEmpty ? "ein halber " : "einen halben ") + noun.one
    }
  }

  var words: NumberVocabulary { Self.vocabulary }

  private static let months = NumberScale.list(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember")

  private static let vocabulary = NumberVocabulary(
    dottedTimeWord: "Uhr", decimal: "Komma", minus: "minus", percent: "Prozent",
    permille: "Promille", to: "bis", between: (["zwischen"], "und"),
    ratio: (["verhältnis", "maßstab"], ["von"], "zu"),
    comparisons: ("kleiner als", "größer als", "kleiner oder gleich", "größer oder gleich"),
    powers: ("zum Quadrat", "hoch drei"), about: "etwa", dot: "Punkt", at: "ät", number: "Nummer",
    degree: .init("Grad", "Grad"), months: months,
    monthNames: NumberScale.monthNames(
      months, short: "jan/jänner feb mär apr - jun jul aug sep/sept okt nov dez"),
    units: CountedNoun.table(
      """
      km=Kilometer;m=Meter;cm=Zentimeter;mm=Millimeter;~kg=Kilogramm;~g=Gramm;~mg=Milligramm;
      TL=Teelöffel;EL=Esslöffel;~Pfd=Pfund;+Sek=Sekunde|Sekunden;
      +t=Tonne|Tonnen;l=Liter;L=Liter;ml=Milliliter;+min=Minute|Minuten;+Min=Minute|Minuten;
      +ms=Millisekunde|Millisekunden;+s=Sekunde|Sekunden;+h=Stunde|Stunden;+Std=Stunde|Stunden;
      km/h=Kilometer pro Stunde;m/s=Meter pro Sekunde;kB=Kilobyte;KB=Kilobyte;MB=Megabyte;GB=Gigabyte;
      TB=Terabyte;Hz=Hertz;kHz=Kilohertz;MHz=Megahertz;GHz=Gigahertz;kW=Kilowatt;
      +kWh=Kilowattstunde|Kilowattstunden;W=Watt;V=Volt;A=Ampere;m²=Quadratmeter;m2=Quadratmeter;
      m³=Kubikmeter;km²=Quadratkilometer;dB=Dezibel;+kcal=Kilokalorie|Kilokalorien
      """),
    currencies: [
      "€": (.init("Euro", "Euro"), .init("Cent", "Cent")),
      "EUR": (.init("Euro", "Euro"), .init("Cent", "Cent")),
      "$": (.init("Dollar", "Dollar"), .init("Cent", "Cent")),
      "USD": (.init("Dollar", "Dollar"), .init("Cent", "Cent")),
      "£": (.init("Pfund", "Pfund"), .init("Penny", "Pence")),
      "GBP": (.init("Pfund", "Pfund"), .init("Penny", "Pence")),
      "CHF": (.init("Franken", "Franken"), .init("Rappen", "Rappen")),
      "¥": (.init("Yen", "Yen"), nil),
    ],
    multipliers: [
      "tausend", "million", "millionen", "milliarde", "milliarden", "billion", "billionen",
    ],
    shortMultipliers: [
      "mio": .init("Million", "Millionen", .feminine),
      "mrd": .init("Milliarde", "Milliarden", .feminine),
    ],
    rates: [
      "Monat": "pro Monat", "Jahr": "pro Jahr", "Tag": "pro Tag", "Woche": "pro Woche",
      "Stunde": "pro Stunde", "Std": "pro Stunde", "h": "pro Stunde", "Stück": "pro Stück",
    ],
    beforeYear: [
      "jahr", "jahre", "jahres", "seit", "sommer", "winter", "frühjahr", "herbst", "anno",
    ],
    beforeRoman: [
      "kap", "bd", "kapitel", "teil", "band", "akt", "abschnitt", "buch", "artikel", "weltkrieg",
    ])
}
