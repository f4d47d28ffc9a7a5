/// How a language reads numbers.
protocol NumberLanguage: Sendable {
  var words: NumberVocabulary { get }
  /// - Parameter value: not negative, below 10^15.
  func cardinal(_ value: Int, _ gender: NumberGender) -> String
  /// As behind an article or alone; nil where the form is not sure.
  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String?
  func year(_ value: Int) -> String
  /// With a word for "year" behind it.
  func year(_ value: Int, after word: String) -> String
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
  /// From one amount to another; nil where nothing changes but the word between them.
  func range(
    _ first: WrittenAmount, _ last: WrittenAmount, _ noun: CountedNoun?, after word: String
  ) -> String?
  /// A part of a unit, behind a whole if there is one; nil where the two only stand side by side.
  ///
  /// - isFirst: no word stands before it.
  func part(_ part: VulgarFraction, of noun: CountedNoun, whole: Int?, isFirst: Bool) -> String?
  /// An amount of something.
  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String
}

extension NumberLanguage {
  func cardinal(_ value: Int) -> String { cardinal(value, .masculine) }

  func year(_ value: Int, after word: String) -> String { year(value) }

  func range(
    _ first: WrittenAmount, _ last: WrittenAmount, _ noun: CountedNoun?, after word: String
  ) -> String? { nil }

  func part(
    _ part: VulgarFraction, of noun: CountedNoun, whole: Int?, isFirst: Bool
  ) -> String? { nil }

  /// What goes between millions and what is counted, with its blank.
  func link(to noun: String) -> String {
    // "deux millions d'euros", but "de dollars".
    let isElided = words.multiplierLink == "d'" && !"aeiouéy".contains(noun.prefix(1))
    return isElided ? "de " : words.multiplierLink
  }

  /// The same for an amount in digits: only full millions are linked.
  func link(_ noun: String, behind amount: WrittenAmount) -> String {
    guard amount.isWhole, amount.whole > 0, amount.whole % 1_000_000 == 0 else { return noun }
    return link(to: noun) + noun
  }

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
    "\(spoken(amount, noun.gender)) \(link(form(of: noun, for: amount), behind: amount))"
  }

  /// Hundredths of a currency; nil where the digits are none.
  func cents(of amount: WrittenAmount) -> Int? {
    guard let fraction = amount.fraction, fraction.count == 2 else { return nil }
    return Int(fraction)
  }
}
