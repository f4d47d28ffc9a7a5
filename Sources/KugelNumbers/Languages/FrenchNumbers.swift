/// As in France, with the tens of Belgium or Switzerland.
struct FrenchNumbers: NumberLanguage {
  /// 70 and 90 are "septante" and "nonante".
  var isBelgian = false
  /// And 80 is "huitante".
  var isSwiss = false

  private static let small = NumberScale.list(
    """
    zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize \
    dix-sept dix-huit dix-neuf
    """)
  private static let tens = NumberScale.list("- - vingt trente quarante cinquante soixante")

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    let groups = NumberScale.groups(value)
    let words = groups.map { power, group in
      switch power {
      case 0: return below1000(group, isLast: true)
      case 1: return group == 1 ? "mille" : "\(below1000(group, isLast: false)) mille"
      default:
        let name = ["million", "milliard", "billion"][power - 2]
        return "\(below1000(group, isLast: true)) \(name)\(group > 1 ? "s" : "")"
      }
    }.joined(separator: " ")
    let isOne = value % 10 == 1 && words.hasSuffix("un")
    return gender == .feminine && isOne ? words + "e" : words
  }

  private func below1000(_ value: Int, isLast: Bool) -> String {
    var parts: [String] = []
    let rest = value % 100
    if value >= 200 {
      parts.append("\(Self.small[value / 100]) cent\(rest == 0 && isLast ? "s" : "")")
    } else if value >= 100 {
      parts.append("cent")
    }
    if rest > 0 { parts.append(below100(rest, isLast: isLast)) }
    return parts.joined(separator: " ")
  }

  private func below100(_ value: Int, isLast: Bool) -> String {
    if value < 20 { return Self.small[value] }
    if isBelgian || isSwiss, let ten = Self.regular[value / 10],
      value < 80 || value >= 90 || isSwiss
    {
      let rest = value % 10
      return ten + (rest == 0 ? "" : rest == 1 ? " et un" : "-\(Self.small[rest])")
    }
    if value >= 80 {
      if value == 80 { return isLast ? "quatre-vingts" : "quatre-vingt" }
      return "quatre-vingt-\(Self.small[value - 80])"
    }
    let ten = min(value / 10, 6)
    let rest = value - ten * 10
    if rest == 0 { return Self.tens[ten] }
    if rest == 1 || rest == 11 { return "\(Self.tens[ten]) et \(Self.small[rest])" }
    return "\(Self.tens[ten])-\(Self.small[rest])"
  }

  private static let regular = [7: "septante", 8: "huitante", 9: "nonante"]

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    if value == 1 { return gender == .feminine ? "première" : "premier" }
    var words = cardinal(value)
    if words.hasSuffix("e") { words.removeLast() }
    if words.hasSuffix("cinq") { return words + "uième" }
    if words.hasSuffix("neuf") { return words.dropLast() + "vième" }
    if words.hasSuffix("vingts") || words.hasSuffix("cents") { words.removeLast() }
    return words + "ième"
  }

  func year(_ value: Int) -> String { cardinal(value) }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let number = day == 1 ? "premier" : cardinal(day)
    return "\(number) \(words.months[month - 1])" + (year.map { " \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = "\(cardinal(hour, .feminine)) \(hour > 1 ? "heures" : "heure")"
    if minute > 0 || second != nil { text += " \(cardinal(minute, .feminine))" }
    if let second {
      text += " et \(counted(.init(whole: second), .init("seconde", "secondes", .feminine)))"
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

  /// Below two it is one.
  func form(of noun: CountedNoun, for amount: WrittenAmount) -> String {
    amount.whole < 2 ? noun.one : noun.many
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    let noun: CountedNoun
    switch denominator {
    case 2: noun = .init("demi", "demis")
    case 3: noun = .init("tiers", "tiers")
    case 4: noun = .init("quart", "quarts")
    case 5...20, 100:
      let name = ordinal(denominator, .masculine, after: "") ?? ""
      noun = .init(name, name + "s")
    default: return nil
    }
    return counted(.init(whole: numerator), noun)
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 { return "\(cardinal(whole)) et demi" }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) et \($0)" }
  }

  var words: NumberVocabulary { Self.vocabulary }

  private static let months = NumberScale.list(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    """)

  private static let vocabulary = NumberVocabulary(
    groupMark: "\u{202F}", groupsWithBlank: true, decimal: "virgule", minus: "moins",
    percent: "pour cent", permille: "pour mille", to: "à", between: (["entre"], "et"),
    ratio: (["rapport", "ratio", "échelle", "proportion"], ["de"], "sur"),
    comparisons: ("inférieur à", "supérieur à", "inférieur ou égal à", "supérieur ou égal à"),
    powers: ("au carré", "au cube"),
    halves: ["un demi", "une demi", "un demi"], partLink: "d'", about: "environ", dot: "point",
    at: "arobase",
    number: "numéro", degree: .init("degré", "degrés"), months: months,
    monthNames: NumberScale.monthNames(
      months, short: "janv févr/fév - avr - - juil - sept oct nov déc"),
    units: CountedNoun.table(
      """
      km=kilomètre|kilomètres;m=mètre|mètres;cm=centimètre|centimètres;mm=millimètre|millimètres;
      kg=kilogramme|kilogrammes;g=gramme|grammes;mg=milligramme|milligrammes;+t=tonne|tonnes;
      l=litre|litres;L=litre|litres;ml=millilitre|millilitres;+min=minute|minutes;+h=heure|heures;
      +ms=milliseconde|millisecondes;+s=seconde|secondes;km/h=kilomètre heure|kilomètres heure;
      m/s=mètre par seconde|mètres par seconde;Ko=kilooctet|kilooctets;Mo=mégaoctet|mégaoctets;
      Go=gigaoctet|gigaoctets;To=téraoctet|téraoctets;MB=mégaoctet|mégaoctets;GB=gigaoctet|gigaoctets;
      Hz=hertz;kHz=kilohertz;MHz=mégahertz;GHz=gigahertz;kW=kilowatt|kilowatts;
      kWh=kilowattheure|kilowattheures;W=watt|watts;V=volt|volts;A=ampère|ampères;
      m²=mètre carré|mètres carrés;m2=mètre carré|mètres carrés;m³=mètre cube|mètres cubes;
      km²=kilomètre carré|kilomètres carrés;dB=décibel|décibels;+kcal=kilocalorie|kilocalories
      """),
    currencies: [
      "€": (.init("euro", "euros"), .init("centime", "centimes")),
      "EUR": (.init("euro", "euros"), .init("centime", "centimes")),
      "$": (.init("dollar", "dollars"), .init("cent", "cents")),
      "USD": (.init("dollar", "dollars"), .init("cent", "cents")),
      "£": (.init("livre", "livres", .feminine), .init("penny", "pence")),
      "GBP": (.init("livre", "livres", .feminine), .init("penny", "pence")),
      "CHF": (.init("franc suisse", "francs suisses"), .init("centime", "centimes")),
      "¥": (.init("yen", "yens"), nil),
    ],
    multipliers: ["mille", "million", "millions", "milliard", "milliards"],
    shortMultipliers: [
      "md": .init("milliard", "milliards"), "mds": .init("milliard", "milliards"),
      "mrd": .init("milliard", "milliards"), "mio": .init("million", "millions"),
      "m": .init("million", "millions"),
    ],
    multiplierLink: "d'", countedEndings: ["s", "x"],
    uncounted: [
      "dans", "sans", "sous", "plus", "moins", "vers", "mais", "très", "alors", "puis", "depuis",
      "chez", "pas", "jamais", "fois", "ans", "deux", "trois", "des", "les", "aux", "ses", "nos",
      "vos",
    ],
    beforeYear: ["année", "depuis", "été", "hiver", "printemps", "automne", "an"],
    beforeRoman: [
      "chap", "vol", "chapitre", "partie", "tome", "volume", "acte", "section", "livre", "article",
    ])
}
