import KugelText

extension NumberReader {
  // MARK: - Dates

  func date(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (first, end) = run(&look, start)
    if first.count <= 2, let found = days(&look, first, end, context) { return found }
    switch (first.count, look.at(end)) {
    case (4, "-"): return isoDate(&look, first, end, context)
    case (1...2, "/"), (1...2, "."), (1...2, "-"):
      if let found = shortDate(&look, first, end, context) { return found }
    default: break
    }
    return first.count <= 2 ? namedDate(&look, first, end, context) : nil
  }

  private func isoDate(
    _ look: inout Lookahead, _ year: String, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (month, second) = run(&look, end + 1)
    guard month.count == 2, look.at(second) == "-" else { return nil }
    let (day, last) = run(&look, second + 1)
    guard day.count == 2, isEdge(&look, last) else { return nil }
    return made(day, month, year, last, context)
  }

  /// 15.1.2024, 15/01/2024, and 01/15/2024 where months come first.
  private func shortDate(
    _ look: inout Lookahead, _ first: String, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let mark = look.at(end) else { return nil }
    let (second, next) = run(&look, end + 1)
    guard (1...2).contains(second.count), look.at(next) == mark else { return nil }
    let (year, last) = run(&look, next + 1)
    guard year.count == 4, isEdge(&look, last) else { return nil }
    let isMonthFirst = words.putsMonthFirst && !words.slashesDayFirst && mark == "/"
    // What cannot be a month was meant for a day.
    return isMonthFirst
      ? made(second, first, year, last, context) ?? made(first, second, year, last, context)
      : made(first, second, year, last, context)
        ?? (mark == "/" ? made(second, first, year, last, context) : nil)
  }

  private func made(
    _ day: String, _ month: String, _ year: String, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let day = Int(day), let month = Int(month), let year = Int(year),
      (1...31).contains(day), (1...12).contains(month), year >= 1000
    else { return nil }
    return NumberReading(
      end: end,
      text: language.date(day: day, month: month, year: year, after: context.word))
  }

  /// "5 janvier 2024", "5. Januar", "5 de enero de 2024", "5th of January".
  private func namedDate(
    _ look: inout Lookahead, _ first: String, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let day = Int(first), (1...31).contains(day) else { return nil }
    var index = end
    switch look.at(index) {
    case ".": index += 1
    case "º", "°": index += 1
    default:
      let suffix = letters(&look, index)
      if ["st", "nd", "rd", "th", "er", "e"].contains(suffix.word) { index = suffix.end }
    }
    let blank = skipBlank(&look, index)
    guard blank > index || index > end else { return nil }
    index = blank
    var isOf = false
    for word in ["de ", "of "]
    where (words.of != nil || word == "of ") && look.matches(word, at: index) {
      index += 3
      isOf = true
    }
    let name = letters(&look, index)
    guard let month = words.monthNames[name.word.lowercased()] else { return nil }
    // A short form is one only before a stop or in upper case; "mar" and "may" are words too.
    let isShort = name.word.lowercased() != words.months[month - 1].lowercased()
    index = name.end
    if isShort, look.at(index) == "." {
      index = AbbreviationStop.end(&look, index)
    } else if isShort, name.word.first?.isUppercase != true {
      return nil
    }
    let year = yearBehind(&look, index)
    let text =
      isOf
      ? language.dayOf(day: day, month: month, year: year?.value, after: context.word)
      : language.date(day: day, month: month, year: year?.value, after: context.word)
    if let year, let word = yearWord(&look, year.end) {
      return NumberReading(end: word.end, text: "\(text) \(word.text)")
    }
    return NumberReading(end: year?.end ?? index, text: text)
  }

  /// A year behind a month, with what may stand between.
  func yearBehind(_ look: inout Lookahead, _ start: Int) -> (value: Int, end: Int)? {
    var index = start
    if look.at(index) == "," { index += 1 }
    let blank = skipBlank(&look, index)
    guard blank > index else { return nil }
    index = blank
    if let of = words.of, look.matches(of + " ", at: index) { index += of.count + 1 }
    let (digits, end) = run(&look, index)
    guard digits.count == 4, let value = Int(digits), (1000..<2200).contains(value),
      isEdge(&look, end), !isCounted(&look, end)
    else { return nil }
    return (value, end)
  }

  /// "3 May 1500 people" is no year; a unit behind four digits makes them an amount.
  func isCounted(_ look: inout Lookahead, _ end: Int) -> Bool {
    let blank = skipBlank(&look, end)
    guard let next = look.at(blank) else { return false }
    if next == "%" || next == "€" || next == "$" { return true }
    let word = letters(&look, blank)
    return !word.word.isEmpty && words.units[word.word] != nil && word.word != "A"
  }

  /// "January 5, 2024" and "Jan. 5".
  func monthFirst(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let name = letters(&look, start)
    guard let month = words.monthNames[name.word.lowercased()] else { return nil }
    var index = name.end
    if look.at(index) == ".", name.word.count <= 4 { index += 1 }
    let blank = skipBlank(&look, index)
    guard blank > index else { return nil }
    let (digits, end) = run(&look, blank)
    guard (1...2).contains(digits.count), let day = Int(digits), (1...31).contains(day) else {
      return nil
    }
    index = end
    let suffix = letters(&look, index)
    if ["st", "nd", "rd", "th"].contains(suffix.word) { index = suffix.end }
    guard let ordinal = language.ordinal(day, .masculine, after: "") else { return nil }
    // "May 5:30" is a time, "March 3.5" an amount.
    guard isEdge(&look, index) || isRangeMark(look.at(index)) else { return nil }
    let last = index == end ? lastDay(&look, index, after: day) : nil
    guard last != nil || isEdge(&look, index) else { return nil }
    if let last { index = last.end }
    let year = yearBehind(&look, index)
    let first = "\(words.months[month - 1]) \(ordinal)"
    return NumberReading(
      end: year?.end ?? index,
      text: first + (last.map { " \(words.to) \($0.text)" } ?? "")
        + (year.map { " \(language.year($0.value))" } ?? ""))
  }

  /// The last of the days in "Jan 5–7".
  private func lastDay(
    _ look: inout Lookahead, _ mark: Int, after first: Int
  ) -> NumberReading? {
    guard isRangeMark(look.at(mark)) else { return nil }
    let (digits, end) = run(&look, mark + 1)
    guard (1...2).contains(digits.count), let day = Int(digits), day > first, day <= 31,
      isEdge(&look, end), !isCounted(&look, end),
      let text = language.ordinal(day, .masculine, after: "")
    else { return nil }
    return NumberReading(end: end, text: text)
  }

  func isRangeMark(_ scalar: Unicode.Scalar?) -> Bool {
    scalar == "–" || scalar == "-" || scalar == "—"
  }
}
