/// What a language's full stops mean besides the end of a sentence.
///
/// Words are given as one text, divided by white space. A word in lower case stands for any case; one
/// with a capital only for itself ("Sat" is a day, "sat" a verb). Parts of an abbreviation that are
/// written apart ("z. B.") are joined by their stops ("z.b").
struct SentenceRules: Sendable {
  /// Never at a sentence's end: titles and words that need what follows.
  var never: Set<String>
  /// End a sentence if the next word begins with a capital.
  var mayEnd: Set<String>
  /// Abbreviations before a number, ordinary words elsewhere ("No. 5", "He said no.").
  var beforeNumber: Set<String>
  /// Lower-case words that begin sentences and are no names: after an initial or a dotted word they
  /// tell a new sentence from a surname.
  var starters: Set<String>
  /// A number with a stop is an ordinal ("am 3. Oktober").
  var hasOrdinals: Bool
  /// Capitalised words that an ordinal may stand before.
  var afterOrdinal: Set<String>
  /// Words after which a number with a stop is an ordinal whatever follows.
  var beforeOrdinal: Set<String>
  /// Words of `beforeNumber` that are a sentence when they stand alone ("No.").
  var answers: Set<String> = []
  /// Ends of words in lower case that abbreviate before a number ("Hauptstr. 5").
  var suffixesBeforeNumber: [String] = []
  /// `;` is this language's question mark.
  var asksWithSemicolon = false

  init(
    never: String, mayEnd: String, beforeNumber: String = "", starters: String = "",
    hasOrdinals: Bool = false, afterOrdinal: String = "", beforeOrdinal: String = "",
    answers: String = "", suffixesBeforeNumber: [String] = []
  ) {
    self.suffixesBeforeNumber = suffixesBeforeNumber
    self.never = Self.words(never)
    self.mayEnd = Self.words(mayEnd)
    self.beforeNumber = Self.words(beforeNumber)
    self.starters = Self.words(starters)
    self.hasOrdinals = hasOrdinals
    self.afterOrdinal = Self.words(afterOrdinal)
    self.answers = Self.words(answers)
    self.beforeOrdinal = Self.words(beforeOrdinal)
  }

  private static func words(_ text: String) -> Set<String> { Set(WordList.words(of: text)) }

  enum Abbreviation { case never, mayEnd, beforeNumber }

  /// - Parameter word: without its last stop.
  func abbreviation(_ word: String) -> Abbreviation? {
    // A single capital is an initial unless the list has that very capital.
    let other = word.unicodeScalars.count == 1 ? word : word.lowercased()
    func isIn(_ words: Set<String>) -> Bool { words.contains(word) || words.contains(other) }
    if isIn(never) { return .never }
    if isIn(beforeNumber) { return .beforeNumber }
    if isIn(mayEnd) { return .mayEnd }
    let lower = word.lowercased()
    let isCompound = suffixesBeforeNumber.contains {
      lower.hasSuffix($0) && lower.count > $0.count + 1
    }
    return isCompound ? .beforeNumber : nil
  }

  /// - Parameter language: ISO 639-1, in any case, also with a region ("de-AT"); nil for unknown.
  static func of(_ language: String?) -> SentenceRules {
    let code = WordList.code(of: language)
    switch code {
    case "en": return english
    case "de": return german
    case "fr": return french
    case "es": return spanish
    case "it": return italian
    case "pt": return portuguese
    case "nl": return dutch
    case "pl": return polish
    default:
      var rules = international
      rules.hasOrdinals = ordinalLanguages.contains(code)
      rules.asksWithSemicolon = code == "el"
      return rules
    }
  }

  private static let ordinalLanguages: Set<String> = [
    "bs", "cs", "da", "et", "fi", "hr", "hu", "is", "lb", "lv", "nb", "nn", "no", "sk", "sl", "sr",
    "tr",
  ]

  /// For languages without a list of their own: what is written alike in many.
  private static let international = SentenceRules(
    never: """
      dr mr mrs ms prof st mgr ing dipl phd hr fr sr sra jr mme mlle e.g i.e vs cf ca kl approx tel tzv
      tzn např napr např d.v.s dvs f.eks t.ex bl.a ul av т.е г ул проф акад напр
      """,
    mayEnd: "etc co inc ltd corp atd apod itp osv m.m m.fl o.s.v u.s a.m p.m т.д т.п и.т.д др",
    beforeNumber: "No nr nº núm p pp vol fig art č str s c стр рис", answers: "No")
}
