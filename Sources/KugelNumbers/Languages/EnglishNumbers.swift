import KugelText

struct EnglishNumbers: NumberLanguage {
  /// 4/5/2024 is in May, and 101 has an "and" in it, as everywhere but in America.
  var putsDayFirst = false

  private static let small = NumberScale.list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen eighteen nineteen
    """)
  private static let tens = NumberScale.list(
    "- - twenty thirty forty fifty sixty seventy eighty ninety")
  private static let scales = ["", "thousand", "million", "billion", "trillion"]

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    let words = NumberScale.groups(value).map { power, group in
      power == 0 ? below1000(group) : "\(below1000(group)) \(Self.scales[power])"
    }
    guard putsDayFirst, words.count > 1, (1..<100).contains(value % 1000) else {
      return words.joined(separator: " ")
    }
    // "one thousand and one", as everywhere but in America.
    return words.dropLast().joined(separator: " ") + " and " + words[words.count - 1]
  }

  private func below1000(_ value: Int) -> String {
    var parts: [String] = []
    if value >= 100 { parts.append("\(Self.small[value / 100]) hundred") }
    if value % 100 > 0 { parts.append(below100(value % 100)) }
    return parts.joined(separator: putsDayFirst ? " and " : " ")
  }

  private func below100(_ value: Int) -> String {
    if value < 20 { return Self.small[value] }
    let tens = Self.tens[value / 10]
    return value % 10 == 0 ? tens : "\(tens)-\(Self.small[value % 10])"
  }

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    let words = cardinal(value)
    let cut = words.lastIndex { $0 == " " || $0 == "-" }
    let last = cut.map { String(words[words.index(after: $0)...]) } ?? words
    let irregular = [
      "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
      "nine": "ninth", "twelve": "twelfth",
    ]
    let made =
      irregular[last] ?? (last.hasSuffix("y") ? "\(last.dropLast())ieth" : "\(last)th")
    return words.dropLast(last.count) + made
  }

  func year(_ value: Int) -> String {
    let (century, rest) = (value / 100, value % 100)
    guard (1100..<2000).contains(value) || (2010..<2100).contains(value) else {
      return cardinal(value)
    }
    if rest == 0 { return "\(cardinal(century)) hundred" }
    return "\(cardinal(century)) \(rest < 10 ? "oh " : "")\(cardinal(rest))"
  }

  /// "nineteen eighties"
  func decade(_ value: Int) -> String {
    let words = value == 2000 ? "two thousand" : value < 100 ? cardinal(value) : year(value)
    return words.hasSuffix("y") ? words.dropLast() + "ies" : words + "s"
  }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    guard !putsDayFirst else { return dayOf(day: day, month: month, year: year, after: word) }
    let name = words.months[month - 1]
    let ordinal = ordinal(day, .masculine, after: "") ?? ""
    return "\(name) \(ordinal)" + (year.map { " \(self.year($0))" } ?? "")
  }

  func dayOf(day: Int, month: Int, year: Int?, after word: String) -> String {
    let article = word == "the" || !putsDayFirst ? "" : "the "
    let ordinal = ordinal(day, .masculine, after: "") ?? ""
    return "\(article)\(ordinal) of \(words.months[month - 1])"
      + (year.map { " \(self.year($0))" } ?? "")
  }

  func days(_ first: Int, _ last: Int, month: Int, year: Int?, after word: String) -> String? {
    guard let from = ordinal(first, .masculine, after: ""),
      let to = ordinal(last, .masculine, after: "")
    else { return nil }
    let name = words.months[month - 1]
    let joint = joint(after: word)
    let tail = year.map { " \(self.year($0))" } ?? ""
    guard putsDayFirst || word == "the" else { return "\(name) \(from) \(joint) \(to)\(tail)" }
    return (word == "the" ? "" : "the ") + "\(from) \(joint) the \(to) of \(name)\(tail)"
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    let tail = suffix.map { " \($0.uppercased())" } ?? ""
    if let second {
      let seconds = counted(.init(whole: second), .init("second", "seconds"))
      return
        "\(cardinal(hour)) \(minute < 10 ? "oh " : "")\(cardinal(minute)) and \(seconds)\(tail)"
    }
    if minute == 0 {
      if suffix != nil { return cardinal(hour) + tail }
      return hour > 12 || hour == 0 ? "\(cardinal(hour)) hundred" : "\(cardinal(hour)) o'clock"
    }
    return "\(cardinal(hour)) \(minute < 10 ? "oh " : "")\(cardinal(minute))\(tail)"
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = WrittenAmount(whole: amount.whole)
    if cents == 0 { return counted(whole, unit) }
    let small = counted(.init(whole: cents), cent)
    return amount.whole == 0 ? small : "\(counted(whole, unit)) and \(small)"
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    let noun: CountedNoun
    switch denominator {
    case 2: noun = .init("half", "halves")
    case 4: noun = .init("quarter", "quarters")
    case 3, 5...20, 100:
      let name = ordinal(denominator, .masculine, after: "") ?? ""
      noun = .init(name, name + "s")
    default: return nil
    }
    return counted(.init(whole: numerator), noun)
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    guard let fraction = fraction(numerator, denominator) else { return nil }
    let part = numerator == 1 ? "a" + fraction.dropFirst(3) : fraction
    return "\(cardinal(whole)) and \(part)"
  }

  func decimals(_ digits: String) -> String { self.digits(digits) }

  func part(
    _ part: VulgarFraction, of noun: CountedNoun, whole: Int?, after word: String
  ) -> String? {
    if let whole {
      return mixed(whole, part.numerator, part.denominator).map { "\($0) \(noun.many)" }
    }
    let one = ("aeio".contains(noun.one.prefix(1)) || noun.one == "hour" ? "an " : "a ") + noun.one
    if part.denominator == 2 { return "half \(one)" }
    return fraction(part.numerator, part.denominator).map { "\($0) of \(one)" }
  }

  var words: NumberVocabulary { putsDayFirst ? Self.british : Self.vocabulary }

  private static let british: NumberVocabulary = {
    var words = vocabulary
    words.slashesDayFirst = true
    return words
  }()

  private static let months = NumberScale.list(
    """
    January February March April May June July August September October November December
    """)

  private static let vocabulary = NumberVocabulary(
    decimalMark: ".", groupMark: ",", putsMonthFirst: true, decimal: "point", minus: "minus",
    percent: "percent", permille: "per mille", to: "to", between: (["between"], "and"),
    ratio: (["ratio", "ratios", "odds", "scale"], ["of", "is"], "to"),
    comparisons: ("less than", "greater than", "less than or equal to", "greater than or equal to"),
    powers: ("squared", "cubed"), about: "about", dot: "dot", at: "at", number: "number",
    degree: .init("degree", "degrees"), months: months,
    monthNames: NumberScale.monthNames(
      months, short: "jan feb mar apr - jun jul aug sep/sept oct nov dec"),
    units: CountedNoun.table(
      """
      km=kilometre|kilometres;m=metre|metres;cm=centimetre|centimetres;mm=millimetre|millimetres;
      kg=kilogram|kilograms;g=gram|grams;mg=milligram|milligrams;t=ton|tons;l=litre|litres;
      L=litre|litres;ml=millilitre|millilitres;mL=millilitre|millilitres;min=minute|minutes;
      ms=millisecond|milliseconds;s=second|seconds;h=hour|hours;hr=hour|hours;hrs=hour|hours;
      mins=minute|minutes;sec=second|seconds;secs=second|seconds;yd=yard|yards;yds=yard|yards;
      tsp=teaspoon|teaspoons;tbsp=tablespoon|tablespoons;
      km/h=kilometre per hour|kilometres per hour;m/s=metre per second|metres per second;
      mph=mile per hour|miles per hour;mi=mile|miles;ft=foot|feet;lb=pound|pounds;lbs=pound|pounds;
      oz=ounce|ounces;kB=kilobyte|kilobytes;KB=kilobyte|kilobytes;MB=megabyte|megabytes;
      GB=gigabyte|gigabytes;TB=terabyte|terabytes;Hz=hertz|hertz;kHz=kilohertz|kilohertz;
      MHz=megahertz|megahertz;GHz=gigahertz|gigahertz;kW=kilowatt|kilowatts;
      kWh=kilowatt hour|kilowatt hours;MB/s=megabyte per second|megabytes per second;
      GB/s=gigabyte per second|gigabytes per second;Mbps=megabit per second|megabits per second;
      Gbps=gigabit per second|gigabits per second;W=watt|watts;V=volt|volts;A=ampere|amperes;
      m²=square metre|square metres;m2=square metre|square metres;m³=cubic metre|cubic metres;
      km²=square kilometre|square kilometres;dB=decibel|decibels;px=pixel|pixels;kcal=kilocalorie|kilocalories
      """),
    currencies: [
      "$": (.init("dollar", "dollars"), .init("cent", "cents")),
      "USD": (.init("dollar", "dollars"), .init("cent", "cents")),
      "€": (.init("euro", "euros"), .init("cent", "cents")),
      "EUR": (.init("euro", "euros"), .init("cent", "cents")),
      "£": (.init("pound", "pounds"), .init("penny", "pence")),
      "GBP": (.init("pound", "pounds"), .init("penny", "pence")),
      "¥": (.init("yen", "yen"), nil), "JPY": (.init("yen", "yen"), nil),
      "CHF": (.init("Swiss franc", "Swiss francs"), nil),
      "₹": (.init("rupee", "rupees"), nil),
    ],
    multipliers: ["thousand", "million", "billion", "trillion"],
    rates: [
      "month": "a month", "mo": "a month", "year": "a year", "yr": "a year", "day": "a day",
      "week": "a week", "wk": "a week", "hour": "an hour", "hr": "an hour", "h": "an hour",
    ],
    afterHour: [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
      "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december", "eastern", "pacific", "central", "mountain",
    ],
    beforeYear: [
      "in", "since", "year", "until", "till", "circa", "summer", "winter", "spring", "autumn",
      "fall",
      "early", "late", "mid", "copyright", "©",
    ],
    beforeRoman: [
      "chap", "vol", "ch",
      "chapter", "part", "volume", "act", "section", "book", "war", "appendix", "article", "scene",
      "phase", "type", "level",
    ])
}
