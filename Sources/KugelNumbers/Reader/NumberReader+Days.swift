import KugelText

extension NumberReader {
  /// Days without their year: "7.–9. Mai", "5–7 May", "am 1.5.".
  func days(
    _ look: inout Lookahead, _ first: String, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let day = Int(first), (1...31).contains(day) else { return nil }
    return dayRange(&look, day, end, context) ?? numberedMonth(&look, day, end, context)
  }

  private func dayRange(
    _ look: inout Lookahead, _ first: Int, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    let hasStops = language is GermanNumbers
    guard !hasStops || look.at(end) == "." else { return nil }
    var mark = hasStops ? end + 1 : end
    if hasStops { mark = skipBlank(&look, mark) }
    guard isRangeMark(look.at(mark)) else { return nil }
    let start = hasStops ? skipBlank(&look, mark + 1) : mark + 1
    let (digits, next) = run(&look, start)
    guard (1...2).contains(digits.count), let last = Int(digits), last > first, last <= 31,
      !hasStops || look.at(next) == "."
    else { return nil }
    let index = hasStops ? next + 1 : next
    let blank = skipBlank(&look, index)
    guard blank > index else { return nil }
    let name = letters(&look, blank)
    guard let month = words.monthNames[name.word.lowercased()],
      name.word.lowercased() == words.months[month - 1].lowercased()
    else { return nil }
    let year = yearBehind(&look, name.end)
    return language.days(first, last, month: month, year: year?.value, after: context.word).map {
      NumberReading(end: year?.end ?? name.end, text: $0)
    }
  }

  /// "am 1.5.": a day and a month by its number, where a word before them tells that they are such.
  private func numberedMonth(
    _ look: inout Lookahead, _ day: Int, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard language is GermanNumbers, Self.beforeDay.contains(context.word), look.at(end) == "."
    else { return nil }
    let (digits, stop) = run(&look, end + 1)
    guard (1...2).contains(digits.count), let month = Int(digits), (1...12).contains(month),
      look.at(stop) == ".", !(look.at(stop + 1)?.isWordPart ?? false)
    else { return nil }
    let text = language.date(day: day, month: month, year: nil, after: context.word)
    return NumberReading(end: abbreviationEnd(&look, stop), text: text)
  }

  private static let beforeDay: Set<String> = [
    "am", "vom", "zum", "bis", "ab", "seit", "dem", "den",
  ]
}
