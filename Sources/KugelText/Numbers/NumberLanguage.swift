/// The gender that a number word takes on.
enum NumberGender: Sendable { case masculine, feminine, neuter }

/// A noun that is counted.
struct CountedNoun: Equatable, Sendable {
  var one: String
  /// Of two to four where a language tells them apart.
  var few: String
  var many: String
  /// Of broken numbers where a language tells them apart.
  var part: String
  var gender = NumberGender.masculine

  init(
    _ one: String, _ many: String, few: String? = nil, part: String? = nil,
    _ gender: NumberGender = .masculine
  ) {
    self.one = one
    self.many = many
    self.few = few ?? many
    self.part = part ?? many
    self.gender = gender
  }

  /// Reads "km=kilometre|kilometres" or, with few and part, "km=kilometr|kilometry|kilometrów|kilometra";
  /// entries end with `;`, those of feminine nouns begin with `+`, of neuter ones with `~`.
  static func table(_ text: String) -> [String: CountedNoun] {
    var nouns: [String: CountedNoun] = [:]
    for entry in text.split(separator: ";") {
      let sides = entry.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { continue }
      var key = String(sides[0]).trimmed
      var gender = NumberGender.masculine
      if key.hasPrefix("+") { gender = .feminine }
      if key.hasPrefix("~") { gender = .neuter }
      if gender != .masculine { key.removeFirst() }
      let forms = sides[1].split(separator: "|").map(String.init)
      guard let one = forms.first else { continue }
      nouns[key] =
        forms.count > 3
        ? CountedNoun(one, forms[2], few: forms[1], part: forms[3], gender)
        : CountedNoun(one, forms.count > 1 ? forms[1] : one, gender)
    }
    return nouns
  }
}

/// A number as it is written: its whole part, and the digits behind its decimal mark.
struct WrittenAmount: Equatable, Sendable {
  var whole: Int
  var fraction: String?
  var isGrouped = false

  var isWhole: Bool { fraction == nil }
}

/// The words and habits of a language that need no grammar.
struct NumberVocabulary: Sendable {
  var decimalMark: Unicode.Scalar = ","
  /// Stands between groups of three digits, beside blanks that do not break.
  var groupMark: Unicode.Scalar = "."
  /// An ordinary blank may stand there too.
  var groupsWithBlank = false
  /// 01/15/2024 is in January.
  var putsMonthFirst = false
  /// 14.30 is a clock time where this word follows.
  var dottedTimeWord: String?
  var decimal = ""
  var minus = ""
  var plus = "plus"
  var percent = ""
  var permille = ""
  /// Between the ends of a range.
  var to = ""
  /// In names of files and hosts.
  var dot = ""
  var at = ""
  var number = ""
  var degree = CountedNoun("", "")
  /// Behind "degrees" for C and F.
  var celsius = "Celsius"
  var fahrenheit = "Fahrenheit"
  var months: [String] = []
  /// Lower case; also short forms, without their stop.
  var monthNames: [String: Int] = [:]
  /// Between a day and its month, and the month and its year, where a word stands there.
  var of: String?
  var units: [String: CountedNoun] = [:]
  /// By sign or code: the coin, and its hundredth.
  var currencies: [String: (unit: CountedNoun, cent: CountedNoun?)] = [:]
  /// "million" and the like, in lower case, which go between an amount and its unit.
  var multipliers: Set<String> = []
  /// Between such a word and what is counted, with its blank.
  var multiplierLink = ""
  /// Words in lower case after which four digits are a year.
  var beforeYear: Set<String> = []
  /// Words in lower case after which Roman numerals are numbers.
  var beforeRoman: Set<String> = []

  /// Names in lower case after which a Roman numeral is an ordinal.
  static let rulers: Set<String> = Set(
    """
    louis ludwig luis luigi luís lodewijk ludwik henry heinrich henri enrique enrico henrique hendrik \
    henryk charles karl carlos carlo karel karol george georg georges jorge giorgio jerzy william \
    wilhelm guillaume guillermo guglielmo guilherme willem friedrich frederick frédéric federico \
    frederico fryderyk james jakob edward eduard elizabeth elisabeth napoleon napoléon napoleón \
    napoleone pius pie pío pio johannes john jean juan giovanni joão jan paul paulo pablo paolo \
    benedikt benedict leo leon philip philipp philippe felipe filippo filipe katharina catherine \
    catalina caterina catarina alexander alexandre alejandro alessandro gustav otto richard zygmunt
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}

/// How a language reads numbers.
protocol NumberLanguage: Sendable {
  var words: NumberVocabulary { get }
  /// - Parameter value: not negative, below 10^15.
  func cardinal(_ value: Int, _ gender: NumberGender) -> String
  /// As behind an article or alone; nil where the form is not sure.
  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String?
  func year(_ value: Int) -> String
  /// - word: the word before it, in lower case.
  func date(day: Int, month: Int, year: Int?, after word: String) -> String
  /// - suffix: "am" or "pm".
  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String
  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String
  /// nil for denominators that have no name.
  func fraction(_ numerator: Int, _ denominator: Int) -> String?
  /// A whole and a fraction.
  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String?
  /// The digits behind a decimal mark.
  func decimals(_ digits: String) -> String
  func form(of noun: CountedNoun, for amount: WrittenAmount) -> String
  /// An amount of something.
  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String
}

extension NumberLanguage {
  func cardinal(_ value: Int) -> String { cardinal(value, .masculine) }

  func form(of noun: CountedNoun, for amount: WrittenAmount) -> String {
    amount.isWhole && amount.whole == 1 ? noun.one : noun.many
  }

  func digits(_ text: String) -> String {
    text.compactMap(\.wholeNumberValue).map { cardinal($0) }.joined(separator: " ")
  }

  /// Two digits as a number, more of them one by one.
  func decimals(_ digits: String) -> String {
    guard digits.count <= 2, !digits.hasPrefix("0"), let value = Int(digits) else {
      return self.digits(digits)
    }
    return cardinal(value)
  }

  func spoken(_ amount: WrittenAmount, _ gender: NumberGender = .masculine) -> String {
    guard let fraction = amount.fraction else { return cardinal(amount.whole, gender) }
    return "\(cardinal(amount.whole)) \(words.decimal) \(decimals(fraction))"
  }

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String {
    "\(spoken(amount, noun.gender)) \(form(of: noun, for: amount))"
  }

  /// Hundredths of a currency; nil where the digits are none.
  func cents(of amount: WrittenAmount) -> Int? {
    guard let fraction = amount.fraction, fraction.count == 2 else { return nil }
    return Int(fraction)
  }
}

enum NumberLanguages {
  /// - Parameter language: ISO 639-1, in any case, also with a region.
  static func of(_ language: String?) -> (any NumberLanguage)? {
    switch language?.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first {
    case "en": EnglishNumbers()
    case "de": GermanNumbers()
    case "fr": FrenchNumbers()
    case "es": SpanishNumbers()
    case "it": ItalianNumbers()
    case "pt": PortugueseNumbers()
    case "nl": DutchNumbers()
    case "pl": PolishNumbers()
    default: nil
    }
  }
}

/// A number's groups of three digits, with their scales.
enum NumberScale {
  /// - Returns: thousands to the power, and the group, highest first; groups of zero left out.
  static func groups(_ value: Int) -> [(power: Int, group: Int)] {
    var groups: [(power: Int, group: Int)] = []
    var rest = value
    var power = 0
    while rest > 0 {
      if rest % 1000 > 0 { groups.insert((power, rest % 1000), at: 0) }
      rest /= 1000
      power += 1
    }
    return groups
  }

  static func list(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// Months by their names and by short forms, in lower case.
  static func monthNames(_ names: [String], short: String) -> [String: Int] {
    var all: [String: Int] = [:]
    for (index, name) in names.enumerated() { all[name.lowercased()] = index + 1 }
    for (index, forms) in short.split(separator: " ").enumerated() {
      for form in forms.split(separator: "/") where form != "-" { all[String(form)] = index + 1 }
    }
    return all
  }
}
