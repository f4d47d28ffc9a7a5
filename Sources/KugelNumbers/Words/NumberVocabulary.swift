/// The words and habits of a language that need no grammar.
struct NumberVocabulary: Sendable {
  var decimalMark: Unicode.Scalar = ","
  /// Stands between groups of three digits, beside blanks that do not break.
  var groupMark: Unicode.Scalar = "."
  /// An ordinary blank may stand there too.
  var groupsWithBlank = false
  /// 01/15/2024 is in January.
  var putsMonthFirst = false
  /// 05/01/2024 is in January though months come first in words.
  var slashesDayFirst = false
  /// 14.30 is a clock time where this word follows.
  var dottedTimeWord: String?
  /// 14.30 is a clock time behind one of these, in lower case.
  var beforeDottedTime: Set<String> = []
  var decimal = ""
  var minus = ""
  var plus = "plus"
  var percent = ""
  var permille = ""
  /// Between the ends of a range.
  var to = ""
  /// Words in lower case before a range that is said with a word of its own ("between 5 and 10").
  var between: (before: Set<String>, joint: String) = ([], "")
  /// What a ratio is called, in lower case, the words that may link it to its numbers, and what is said
  /// between those.
  var ratio: (nouns: Set<String>, links: Set<String>, joint: String)?
  /// For "<", ">", "<=" and ">=".
  var comparisons: (less: String, greater: String, atMost: String, atLeast: String) = (
    "", "", "", ""
  )
  var powers: (square: String, cube: String) = ("", "")
  /// Half of something masculine, feminine, neuter, and what goes between other parts and the whole; empty where the language
  /// has rules of its own.
  var halves: [String] = []
  var partLink = ""
  /// For "~" before a number.
  var about = ""
  /// Words in lower case before a telephone number.
  var beforePhone: Set<String> = [
    "tel", "telefon", "fon", "phone", "call", "fax", "mobil", "mobile", "téléphone", "tél",
    "teléfono", "telefono", "telefone", "telefoon", "bel", "zadzwoń", "komórka",
  ]
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
  /// Their short forms, in lower case and without their stop.
  var shortMultipliers: [String: CountedNoun] = [:]
  /// "/month" behind money.
  var rates: [String: String] = [:]
  /// Words in lower case that follow a time of day in its sentence, though with a capital.
  var afterHour: Set<String> = []
  /// The short form of "year" that stands behind one, without its stop, and how it is said.
  var yearShort: (written: String, spoken: String)?
  /// The word for "year" that stands behind one.
  var yearNoun: String?
  /// Between such a word and what is counted, with its blank.
  var multiplierLink = ""
  /// How the nouns end that such a link stands before, and words that end so and are none, in lower case.
  var countedEndings: [String] = []
  var uncounted: Set<String> = []
  /// Words in lower case after which four digits are a year.
  var beforeYear: Set<String> = []
  /// Words in lower case after which Roman numerals are numbers.
  var beforeRoman: Set<String> = []

  /// Whether a word is one that millions of may be counted.
  func isCounted(_ word: String) -> Bool {
    word.count > 2 && word.first?.isLowercase == true && !uncounted.contains(word)
      && countedEndings.contains { word.hasSuffix($0) }
  }

  /// Names in lower case after which a Roman numeral is an ordinal.
  static let rulers: Set<String> = Set(
    """
    louis ludwig luis luigi luís lodewijk ludwik henry heinrich henri enrique enrico henrique hendrik \
    henryk charles karl carlos carlo karel karol george georg georges jorge giorgio jerzy william \
    wilhelm guillaume guillermo guglielmo guilherme willem friedrich frederick frédéric federico \
    frederico fryderyk james jakob edward eduard elizabeth elisabeth napoleon napoléon napoleón \
    napoleone pius pie pío pio johannes john jean juan giovanni joão jan paul paulo pablo paolo \
    benedikt benedict leo leon philip philipp philippe felipe filippo filipe katharina catherine \
    catalina caterina catarina alexander alexandre alejandro alessandro franz francis francisco francesco françois frans franciszek gustav otto richard zygmunt \
    alfonso fernando pedro manuel umberto paweł kazimierz stanisław władysław bolesław aleksander
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
