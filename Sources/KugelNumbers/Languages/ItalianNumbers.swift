import KugelText

struct ItalianNumbers: NumberLanguage {
  private static let small = NumberScale.list(
    """
    zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici \
    quindici sedici diciassette diciotto diciannove
    """)
  private static let tens = NumberScale.list(
    "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta")

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    if value == 1, gender == .feminine { return "una" }
    var words = ""
    for (power, group) in NumberScale.groups(value) {
      switch power {
      case 0: words += below1000(group)
      case 1: words += group == 1 ? "mille" : below1000(group) + "mila"
      default:
        let names = [("milione", "milioni"), ("miliardo", "miliardi"), ("bilione", "bilioni")]
        let name = names[power - 2]
        words += group == 1 ? "un \(name.0) " : "\(below1000(group)) \(name.1) "
      }
    }
    words = words.trimmed
    // "tre" at the end of a longer word is stressed.
    return value > 20 && words.hasSuffix("tre") && value % 10 == 3 ? words.dropLast() + "é" : words
  }

  private func below1000(_ value: Int) -> String {
    let hundreds = value >= 200 ? Self.small[value / 100] + "cento" : value >= 100 ? "cento" : ""
    let rest = value % 100
    if rest == 0 { return hundreds }
    if rest < 20 { return hundreds + Self.small[rest] }
    var ten = Self.tens[rest / 10]
    let unit = rest % 10
    if unit == 1 || unit == 8 { ten.removeLast() }
    return hundreds + ten + (unit == 0 ? "" : Self.small[unit])
  }

  private static let ordinals = NumberScale.list(
    "- primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    var words: String
    if value <= 10 {
      words = Self.ordinals[value]
    } else {
      words = cardinal(value)
      if words.hasSuffix("é") {
        words = words.dropLast() + "e"
      } else if !words.hasSuffix("sei") || value == 6 {
        words.removeLast()
      }
      words += "esimo"
    }
    return gender == .feminine ? words.dropLast() + "a" : words
  }

  func year(_ value: Int) -> String { cardinal(value) }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let number = day == 1 ? "primo" : cardinal(day)
    return "\(number) \(words.months[month - 1])" + (year.map { " \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = hour == 1 ? "una" : cardinal(hour)
    if minute > 0 || second != nil { text += " e \(cardinal(minute))" }
    if let second { text += " e \(counted(.init(whole: second), .init("secondo", "secondi")))" }
    return text
  }

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String {
    let form = form(of: noun, for: amount)
    if amount.isWhole, amount.whole == 1 {
      let isElided = noun.gender == .feminine && "aeiou".contains(form.prefix(1))
      return isElided ? "un'\(form)" : "\(noun.gender == .feminine ? "una" : "un") \(form)"
    }
    return "\(spoken(amount, noun.gender)) \(link(form, behind: amount))"
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    if amount.whole == 0 { return counted(.init(whole: cents), cent) }
    return "\(whole) e \(cardinal(cents))"
  }

  /// "da dieci a quindici minuti", where no word says "from" already; years and pages have their own.
  func range(
    _ first: WrittenAmount, _ last: WrittenAmount, _ noun: CountedNoun?, after word: String
  ) -> String? {
    let from: Set<String> = ["da", "dal", "dai", "dalle", "tra", "fra"]
    let start = from.contains(word) ? "" : "da "
    let end = noun.map { counted(last, $0) } ?? spoken(last)
    return "\(start)\(spoken(first, noun?.gender ?? .masculine)) \(joint(after: word)) \(end)"
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    guard (2...20).contains(denominator) || denominator == 100 else { return nil }
    let name = denominator == 2 ? "mezzo" : ordinal(denominator, .masculine, after: "") ?? ""
    return counted(.init(whole: numerator), .init(name, name.dropLast() + "i"))
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 { return "\(cardinal(whole)) e mezzo" }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) e \($0)" }
  }

  var words: NumberVocabulary { Self.vocabulary }

  private static let months = NumberScale.list(
    """
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    """)

  private static let vocabulary = NumberVocabulary(
    beforeDottedTime: [
      "alle", "ore", "dalle", "delle", "all", "dall", "dell",
    ], decimal: "virgola", minus: "meno", plus: "più", percent: "per cento", permille: "per mille",
    to: "a", between: (["tra", "fra"], "e"), ratio: (["rapporto", "scala"], ["di"], "a"),
    comparisons: ("minore di", "maggiore di", "minore o uguale a", "maggiore o uguale a"),
    powers: ("al quadrato", "al cubo"),
    halves: ["mezzo", "mezza", "mezzo"], partLink: "di ", about: "circa",
    dot: "punto", at: "chiocciola", number: "numero", degree: .init("grado", "gradi"),
    months: months,
    monthNames: NumberScale.monthNames(
      months, short: "gen feb mar apr mag giu lug ago set/sett ott nov dic"),
    units: CountedNoun.table(
      """
      km=chilometro|chilometri;m=metro|metri;cm=centimetro|centimetri;mm=millimetro|millimetri;
      kg=chilogrammo|chilogrammi;g=grammo|grammi;mg=milligrammo|milligrammi;+t=tonnellata|tonnellate;
      l=litro|litri;L=litro|litri;ml=millilitro|millilitri;min=minuto|minuti;
      ms=millisecondo|millisecondi;s=secondo|secondi;+h=ora|ore;
      km/h=chilometro all'ora|chilometri all'ora;m/s=metro al secondo|metri al secondo;
      kB=kilobyte;KB=kilobyte;MB=megabyte;GB=gigabyte;TB=terabyte;Hz=hertz;kHz=chilohertz;MHz=megahertz;
      GHz=gigahertz;kW=chilowatt;kWh=chilowattora;W=watt;V=volt;A=ampere;m²=metro quadrato|metri quadrati;
      m2=metro quadrato|metri quadrati;m³=metro cubo|metri cubi;
      km²=chilometro quadrato|chilometri quadrati;dB=decibel;+kcal=chilocaloria|chilocalorie
      """),
    currencies: [
      "€": (.init("euro", "euro"), .init("centesimo", "centesimi")),
      "EUR": (.init("euro", "euro"), .init("centesimo", "centesimi")),
      "$": (.init("dollaro", "dollari"), .init("centesimo", "centesimi")),
      "USD": (.init("dollaro", "dollari"), .init("centesimo", "centesimi")),
      "£": (.init("sterlina", "sterline", .feminine), .init("penny", "pence")),
      "GBP": (.init("sterlina", "sterline", .feminine), .init("penny", "pence")),
      "¥": (.init("yen", "yen"), nil),
    ],
    multipliers: ["mila", "milione", "milioni", "miliardo", "miliardi"],
    shortMultipliers: [
      "mln": .init("milione", "milioni"), "mld": .init("miliardo", "miliardi"),
    ],
    multiplierLink: "di ", countedEndings: ["i", "e", "o"],
    uncounted: [
      "sono", "hanno", "erano", "anche", "come", "che", "per", "con", "dei", "delle", "degli",
      "nei",
      "nelle", "negli", "ai", "alle", "agli", "dai", "dalle", "sui", "sulle", "più", "meno",
      "circa",
      "contro", "dopo", "oltre", "entro", "verso", "fino", "poi", "ogni", "due", "tre", "quando",
      "mentre",
      "volte", "sotto", "solo", "dove", "quindi", "perché", "non",
    ],
    beforeYear: ["anno", "nel", "dal", "al", "del", "estate", "inverno", "primavera", "autunno"],
    beforeRoman: [
      "cap", "sec", "secolo", "capitolo", "parte", "tomo", "volume", "atto", "sezione", "libro",
      "articolo",
    ])
}
