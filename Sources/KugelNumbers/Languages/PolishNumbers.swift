struct PolishNumbers: NumberLanguage {
  private static let small = NumberScale.list(
    """
    zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście \
    trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście
    """)
  private static let tens = NumberScale.list(
    """
    - - dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt \
    dziewięćdziesiąt
    """)
  private static let hundreds = NumberScale.list(
    "- sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset")
  private static let scales = [
    CountedNoun("tysiąc", "tysięcy", few: "tysiące"),
    CountedNoun("milion", "milionów", few: "miliony"),
    CountedNoun("miliard", "miliardów", few: "miliardy"),
    CountedNoun("bilion", "bilionów", few: "biliony"),
  ]

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    var words = NumberScale.groups(value).map { power, group in
      if power == 0 { return below1000(group) }
      let scale = form(of: Self.scales[power - 1], for: .init(whole: group))
      return group == 1 ? scale : "\(below1000(group)) \(scale)"
    }.joined(separator: " ")
    switch gender {
    case .masculine: break
    case .feminine:
      if value == 1 { return "jedna" }
      if words.hasSuffix("dwa") { words = words.dropLast() + "ie" }
    case .neuter:
      if value == 1 { return "jedno" }
    }
    return words
  }

  private func below1000(_ value: Int) -> String {
    var parts: [String] = []
    if value >= 100 { parts.append(Self.hundreds[value / 100]) }
    let rest = value % 100
    if rest > 0, rest < 20 {
      parts.append(Self.small[rest])
    } else if rest > 0 {
      parts.append(Self.tens[rest / 10])
      if rest % 10 > 0 { parts.append(Self.small[rest % 10]) }
    }
    return parts.joined(separator: " ")
  }

  func form(of noun: CountedNoun, for amount: WrittenAmount) -> String {
    guard amount.isWhole else { return noun.part }
    if amount.whole == 1 { return noun.one }
    let (ones, tens) = (amount.whole % 10, amount.whole % 100)
    return (2...4).contains(ones) && !(12...14).contains(tens) ? noun.few : noun.many
  }

  // MARK: - Ordinals, by their stems

  private static let ordinalOnes = NumberScale.list(
    """
    - pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast \
    czternast piętnast szesnast siedemnast osiemnast dziewiętnast
    """)
  private static let ordinalTens = NumberScale.list(
    """
    - - dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt \
    osiemdziesiąt dziewięćdziesiąt
    """)

  enum Case { case nominative, genitive, locative, feminine, feminineLocative }

  /// Of a number below 100.
  func ordinal(_ value: Int, _ form: Case) -> String {
    func ended(_ stem: String) -> String {
      // After k and g an i stands before e, and "trzeci" is soft.
      let soft = stem == "trzec" ? "i" : ""
      switch form {
      case .nominative: return stem + (stem == "trzec" ? "i" : stem == "drug" ? "i" : "y")
      case .genitive: return stem + (stem == "drug" ? "iego" : soft + "ego")
      case .locative: return stem + (stem == "trzec" || stem == "drug" ? "im" : "ym")
      case .feminine: return stem + soft + "a"
      case .feminineLocative: return stem + (stem == "drug" ? "iej" : soft + "ej")
      }
    }
    if value < 20 { return ended(Self.ordinalOnes[value]) }
    let tens = ended(Self.ordinalTens[value / 10])
    return value % 10 == 0 ? tens : "\(tens) \(ended(Self.ordinalOnes[value % 10]))"
  }

  /// Of rulers, whose names are in the nominative.
  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    word == "der" && (1..<40).contains(value) ? ordinal(value, .nominative) : nil
  }

  /// The tens behind a form of "lata"; nil behind any other word.
  func decade(_ value: Int, after word: String) -> String? {
    guard value < 100,
      let ending = ["lata": "e", "lat": "ych", "latach": "ych", "latom": "ym"][word]
    else { return nil }
    return (value == 10 ? Self.ordinalOnes[10] : Self.ordinalTens[value / 10]) + ending
  }

  func year(_ value: Int) -> String { cardinal(value) }

  func year(_ value: Int, after word: String) -> String {
    year(value, ["w", "we", "po", "o", "przy"].contains(word) ? .locative : .genitive)
  }

  private func year(_ value: Int, _ form: Case) -> String {
    let (head, rest) = (value - value % 100, value % 100)
    if rest > 0 {
      return (head > 0 ? cardinal(head) + " " : "") + ordinal(rest, form)
    }
    let ending = form == .locative ? "ym" : "ego"
    if value % 1000 == 0 { return value == 1000 ? "tysięczn\(ending)" : "dwutysięczn\(ending)" }
    let stems = NumberScale.list(
      "- setn dwusetn trzechsetn czterechsetn pięćsetn sześćsetn siedemsetn osiemsetn dziewięćsetn")
    return cardinal(value / 1000 * 1000) + " " + stems[value / 100 % 10] + ending
  }

  /// The ordinal before "wiek" and its forms.
  func century(_ value: Int, _ noun: String, after word: String) -> String {
    if noun == "wiek" { return ordinal(value, .nominative) }
    return ordinal(value, word == "w" || word == "we" ? .locative : .genitive)
  }

  /// What names a day; everywhere else a date tells when something is.
  private static let naming: Set<String> = [
    "dziś", "dzisiaj", "jest", "to", "był", "będzie", "mamy", "jutro", "wczoraj",
  ]

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let ordinal = ordinal(day, Self.naming.contains(word) ? .nominative : .genitive)
    return "\(ordinal) \(words.months[month - 1])"
      + (year.map { " \(self.year($0, .genitive))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    let isOblique = [
      "o", "po", "do", "od", "około", "godz", "godzinie", "godziny",
    ].contains(word)
    let form = isOblique ? Case.feminineLocative : .feminine
    var text = hour == 0 ? (isOblique ? "zerowej" : "zero") : ordinal(hour, form)
    if hour == 0, !isOblique, minute == 0, second == nil { text = "północ" }
    if minute > 0 || second != nil {
      text +=
        " "
        + (minute < 10 && !word.hasPrefix("godz") ? "zero \(cardinal(minute))" : cardinal(minute))
    }
    if let second {
      text +=
        " i "
        + counted(
          .init(whole: second), .init("sekunda", "sekund", few: "sekundy", .feminine))
    }
    return text
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    guard (2...20).contains(denominator) else { return nil }
    if denominator == 2, numerator == 1 { return "jedna druga" }
    let amount = WrittenAmount(whole: numerator)
    let one = ordinal(denominator, .feminine)
    // "trzy czwarte", "pięć szóstych".
    let stem = Self.ordinalOnes[min(denominator, 19)]
    let few = denominator == 2 ? "drugie" : denominator == 3 ? "trzecie" : stem + "e"
    let many = denominator == 2 ? "drugich" : denominator == 3 ? "trzecich" : stem + "ych"
    guard denominator < 20 else { return nil }
    return counted(amount, .init(one, many, few: few, .feminine))
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 {
      return whole == 1 ? "półtora" : "\(cardinal(whole)) i pół"
    }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) i \($0)" }
  }

  var words: NumberVocabulary { Self.vocabulary }

  private static let months = NumberScale.list(
    """
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    """)

  private static let vocabulary = NumberVocabulary(
    groupMark: "\u{A0}", groupsWithBlank: true,
    beforeDottedTime: ["o", "godz", "godzinie", "godziny", "po", "do", "od"], decimal: "przecinek",
    minus: "minus",
    percent: "procent", permille: "promil", to: "do", between: (["między", "pomiędzy"], "a"),
    ratio: (
      ["stosunek", "stosunku", "stosunkiem", "skala", "skali", "proporcja", "proporcji"], [], "do"
    ),
    comparisons: ("mniejsze niż", "większe niż", "mniejsze lub równe", "większe lub równe"),
    powers: ("do kwadratu", "do sześcianu"),
    halves: ["pół", "pół", "pół"], partLink: "", about: "w przybliżeniu", dot: "kropka",
    at: "małpa",
    number: "numer",
    degree: .init("stopień", "stopni", few: "stopnie", part: "stopnia"), celsius: "Celsjusza",
    fahrenheit: "Fahrenheita", months: months,
    monthNames: NumberScale.monthNames(months, short: "- - - - - - - - - - - -"),
    units: CountedNoun.table(
      """
      km=kilometr|kilometry|kilometrów|kilometra;m=metr|metry|metrów|metra;
      cm=centymetr|centymetry|centymetrów|centymetra;mm=milimetr|milimetry|milimetrów|milimetra;
      kg=kilogram|kilogramy|kilogramów|kilograma;g=gram|gramy|gramów|grama;
      mg=miligram|miligramy|miligramów|miligrama;+t=tona|tony|ton|tony;l=litr|litry|litrów|litra;
      L=litr|litry|litrów|litra;ml=mililitr|mililitry|mililitrów|mililitra;
      +h=godzina|godziny|godzin|godziny;+min=minuta|minuty|minut|minuty;+s=sekunda|sekundy|sekund|sekundy;
      +ms=milisekunda|milisekundy|milisekund|milisekundy;
      km/h=kilometr na godzinę|kilometry na godzinę|kilometrów na godzinę|kilometra na godzinę;
      m/s=metr na sekundę|metry na sekundę|metrów na sekundę|metra na sekundę;
      kB=kilobajt|kilobajty|kilobajtów|kilobajta;KB=kilobajt|kilobajty|kilobajtów|kilobajta;
      MB=megabajt|megabajty|megabajtów|megabajta;GB=gigabajt|gigabajty|gigabajtów|gigabajta;
      TB=terabajt|terabajty|terabajtów|terabajta;Hz=herc|herce|herców|herca;
      kHz=kiloherc|kiloherce|kiloherców|kiloherca;MHz=megaherc|megaherce|megaherców|megaherca;
      GHz=gigaherc|gigaherce|gigaherców|gigaherca;kW=kilowat|kilowaty|kilowatów|kilowata;
      +kWh=kilowatogodzina|kilowatogodziny|kilowatogodzin|kilowatogodziny;W=wat|waty|watów|wata;
      V=wolt|wolty|woltów|wolta;A=amper|ampery|amperów|ampera;
      m²=metr kwadratowy|metry kwadratowe|metrów kwadratowych|metra kwadratowego;
      m2=metr kwadratowy|metry kwadratowe|metrów kwadratowych|metra kwadratowego;
      m³=metr sześcienny|metry sześcienne|metrów sześciennych|metra sześciennego;
      km²=kilometr kwadratowy|kilometry kwadratowe|kilometrów kwadratowych|kilometra kwadratowego;
      dB=decybel|decybele|decybeli|decybela;+kcal=kilokaloria|kilokalorie|kilokalorii|kilokalorii
      """),
    currencies: [
      "zł": (
        .init("złoty", "złotych", few: "złote", part: "złotego"),
        .init("grosz", "groszy", few: "grosze", part: "grosza")
      ),
      "PLN": (
        .init("złoty", "złotych", few: "złote", part: "złotego"),
        .init("grosz", "groszy", few: "grosze", part: "grosza")
      ),
      "€": (.init("euro", "euro", .neuter), .init("cent", "centów", few: "centy", part: "centa")),
      "EUR": (.init("euro", "euro", .neuter), .init("cent", "centów", few: "centy", part: "centa")),
      "$": (
        .init("dolar", "dolarów", few: "dolary", part: "dolara"),
        .init("cent", "centów", few: "centy", part: "centa")
      ),
      "USD": (
        .init("dolar", "dolarów", few: "dolary", part: "dolara"),
        .init("cent", "centów", few: "centy", part: "centa")
      ),
      "£": (
        .init("funt", "funtów", few: "funty", part: "funta"),
        .init("pens", "pensów", few: "pensy", part: "pensa")
      ),
    ],
    multipliers: [
      "tysięcy", "tysiące", "milion", "miliony", "milionów", "miliard",
      "miliardy", "miliardów",
    ],
    shortMultipliers: [
      "tys": .init("tysiąc", "tysięcy", few: "tysiące", part: "tysiąca"),
      "mln": .init("milion", "milionów", few: "miliony", part: "miliona"),
      "mld": .init("miliard", "miliardów", few: "miliardy", part: "miliarda"),
    ],
    yearShort: ("r", "roku"), yearNoun: "roku",
    beforeYear: ["rok", "roku"],
    beforeRoman: ["rozdz", "rozdział", "część", "tom", "akt", "sekcja", "księga", "artykuł"])
}
