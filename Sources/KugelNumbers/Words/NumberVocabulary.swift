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
  /// Their short forms, in lower case and without their stop.
  var shortMultipliers: [String: CountedNoun] = [:]
  /// "/month" behind money.
  var rates: [String: String] = [:]
  /// Words in lower case that follow a time of day in its sentence, though with a capital.
  var afterHour: Set<String> = []
  /// The short form of "year" that stands behind one, without its stop, and how it is said.
  var yearShort: (written: String, spoken: String)?
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
    catalina caterina catarina alexander alexandre alejandro alessandro franz francis francisco francesco françois frans franciszek gustav otto richard zygmunt
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
