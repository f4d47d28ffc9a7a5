import KugelText

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
  /// The same where a word like "of" stands between the day and its month.
  func dayOf(day: Int, month: Int, year: Int?, after word: String) -> String
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
  /// - word: the word before it, in lower case; empty where none is.
  func part(
    _ part: VulgarFraction, of noun: CountedNoun, whole: Int?, after word: String
  ) -> String?
  /// An amount of something.
  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String
  /// The same behind a word, in lower case, that may ask for a case.
  func counted(_ amount: WrittenAmount, _ noun: CountedNoun, after word: String) -> String
  func money(
    _ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?, after word: String
  ) -> String
  func spoken(_ amount: WrittenAmount, after word: String) -> String
  /// From one day of a month to another one; nil where that is like any range.
  func days(_ first: Int, _ last: Int, month: Int, year: Int?, after word: String) -> String?
}

extension NumberLanguage {
  func cardinal(_ value: Int) -> String { cardinal(value, .masculine) }

  func year(_ value: Int, after word: String) -> String { year(value) }

  func dayOf(day: Int, month: Int, year: Int?, after word: String) -> String {
    date(day: day, month: month, year: year, after: word)
  }

  func range(
    _ first: WrittenAmount, _ last: WrittenAmount, _ noun: CountedNoun?, after word: String
  ) -> String? { nil }

  func part(
    _ part: VulgarFraction, of noun: CountedNoun, whole: Int?, after word: String
  ) -> String? {
    guard words.halves.count == 3 else { return nil }
    let one = noun.few == noun.many ? noun.one : noun.part
    if let whole {
      return mixed(whole, part.numerator, part.denominator).map {
        "\($0) \(noun.few == noun.many ? noun.many : noun.part)"
      }
    }
    if part.numerator == 1, part.denominator == 2 {
      let index = noun.gender == .masculine ? 0 : noun.gender == .feminine ? 1 : 2
      return "\(words.halves[index]) \(one)"
    }
    return fraction(part.numerator, part.denominator).map { "\($0) \(linked(one))" }
  }

  /// What a part is of.
  private func linked(_ noun: String) -> String {
    guard words.partLink == "d'" else { return words.partLink + noun }
    return ("aeiouéèêhâœ".contains(noun.prefix(1)) ? "d'" : "de ") + noun
  }

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun, after word: String) -> String {
    counted(amount, noun)
  }

  func money(
    _ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?, after word: String
  ) -> String { money(amount, unit: unit, cent: cent) }

  func spoken(_ amount: WrittenAmount, after word: String) -> String { spoken(amount) }

  func days(
    _ first: Int, _ last: Int, month: Int, year: Int?, after word: String
  ) -> String? { nil }

  /// What is said between the ends of a range.
  func joint(after word: String) -> String {
    words.between.before.contains(word) ? words.between.joint : words.to
  }

  /// What goes between millions and what is counted, with its blank.
  func link(to noun: String) -> String {
    // "deux millions d'euros", but "de dollars".
    let isWhole = words.multiplierLink == "d'" && !"aeiouéèêhâœ".contains(noun.prefix(1))
    return isWhole ? "de " : words.multiplierLink
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
