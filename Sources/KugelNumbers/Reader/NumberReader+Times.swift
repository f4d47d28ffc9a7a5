import KugelText

extension NumberReader {
  // MARK: - Clock times

  func time(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let first = oneTime(&look, start, context) else { return nil }
    guard isRangeMark(look.at(first.end)), look.at(first.end + 1)?.isDigit ?? false else {
      return isEdge(&look, first.end) ? first : nil
    }
    guard let last = oneTime(&look, first.end + 1, context), isEdge(&look, last.end) else {
      return nil
    }
    return NumberReading(end: last.end, text: "\(first.text) \(words.to) \(last.text)")
  }

  /// A time of day that may be the first of two.
  private func oneTime(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (first, end) = run(&look, start)
    guard (1...2).contains(first.count), let hour = Int(first), hour < 25 else { return nil }
    if look.at(end) == ":" { return markedTime(&look, hour, end, context) }
    if look.at(end) == ".",
      words.beforeDottedTime.contains(context.word) || language is EnglishNumbers,
      let found = markedTime(&look, hour, end, context)
    {
      return found
    }
    if let word = words.dottedTimeWord {
      let found = wordTime(&look, hour, end, word, context)
      // "14u30", as it is written in Belgium.
      guard found == nil, language is DutchNumbers else { return found }
      return letterTime(&look, hour, end, "u", context)
    }
    if language is FrenchNumbers || language is PortugueseNumbers {
      return letterTime(&look, hour, end, "h", context)
    }
    if let suffix = dayHalf(&look, end), (1...12).contains(hour) {
      return NumberReading(
        end: suffix.end,
        text: language.time(
          hour: hour, minute: 0, second: nil, suffix: suffix.half, after: context.word))
    }
    return nil
  }

  /// "14:30", "2:30 PM", and "14.30" where that can be told from an amount.
  private func markedTime(
    _ look: inout Lookahead, _ hour: Int, _ colon: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (minutes, end) = run(&look, colon + 1)
    guard minutes.count == 2, let minute = Int(minutes), minute < 60 else { return nil }
    var last = end
    var second: Int?
    if look.at(end) == ":" {
      let (seconds, next) = run(&look, end + 1)
      guard seconds.count == 2, let value = Int(seconds), value < 60 else { return nil }
      (second, last) = (value, next)
    }
    let suffix = dayHalf(&look, last)
    // "2.30 pm" is a time, "2.30" an amount.
    if language is EnglishNumbers, look.at(colon) == ".", suffix == nil { return nil }
    guard suffix != nil || isEdge(&look, last) || isRangeMark(look.at(last)) else { return nil }
    last = suffix?.end ?? afterClockWord(&look, last)
    return NumberReading(
      end: last,
      text: language.time(
        hour: hour, minute: minute, second: second, suffix: suffix?.half, after: context.word))
  }

  /// The language's word for the hour that is said already.
  private func afterClockWord(_ look: inout Lookahead, _ start: Int) -> Int {
    let blank = skipBlank(&look, start)
    let word = letters(&look, blank)
    let isSaid =
      word.word == words.dottedTimeWord || word.word == "h" && !(language is EnglishNumbers)
    return isSaid ? word.end : start
  }

  /// "14 Uhr", "14.30 Uhr".
  private func wordTime(
    _ look: inout Lookahead, _ hour: Int, _ start: Int, _ word: String, _ context: NumberContext
  ) -> NumberReading? {
    var end = start
    var minute = 0
    if look.at(start) == "." {
      let (minutes, next) = run(&look, start + 1)
      guard minutes.count == 2, let value = Int(minutes), value < 60 else { return nil }
      (minute, end) = (value, next)
    }
    if end > start, isEdge(&look, end), isRange(&look, end, of: word) {
      return NumberReading(
        end: end,
        text: language.time(
          hour: hour, minute: minute, second: nil, suffix: nil, after: context.word))
    }
    let blank = skipBlank(&look, end)
    guard blank > end, case let found = letters(&look, blank), found.word == word else {
      return nil
    }
    var last = found.end
    // "14 Uhr 30"
    if minute == 0, end == start, case let next = skipBlank(&look, last), next > last,
      let behind = minutes(&look, next), isEdge(&look, behind.end), !isMeasured(&look, behind.end)
    {
      (minute, last) = (behind.value, behind.end)
    }
    return NumberReading(
      end: last,
      text: language.time(
        hour: hour, minute: minute, second: nil, suffix: nil, after: context.word))
  }

  /// "9.00 bis 17.30 Uhr": the word stands behind the second one.
  private func isRange(_ look: inout Lookahead, _ end: Int, of word: String) -> Bool {
    guard look.matches(" \(words.to) ", at: end) else { return false }
    let (hours, mark) = run(&look, end + words.to.unicodeScalars.count + 2)
    guard (1...2).contains(hours.count) else { return false }
    let last = look.at(mark) == "." ? minutes(&look, mark + 1)?.end ?? mark : mark
    let blank = skipBlank(&look, last)
    return blank > last && letters(&look, blank).word == word
  }

  private func minutes(_ look: inout Lookahead, _ start: Int) -> (value: Int, end: Int)? {
    let (digits, end) = run(&look, start)
    guard digits.count == 2, let value = Int(digits), value < 60 else { return nil }
    return (value, end)
  }

  private func isMeasured(_ look: inout Lookahead, _ end: Int) -> Bool {
    let blank = skipBlank(&look, end)
    return measure(&look, blank, isApart: blank > end) != nil
      || currency(&look, blank) != nil || look.at(blank) == "%"
  }

  /// "14h30", "14 h 30", "14h", "1 h 30 min".
  private func letterTime(
    _ look: inout Lookahead, _ hour: Int, _ start: Int, _ letter: Unicode.Scalar,
    _ context: NumberContext
  ) -> NumberReading? {
    let sign = skipBlank(&look, start)
    guard look.at(sign) == letter, !(look.at(sign + 1)?.isLetter ?? false) else { return nil }
    // "5 u" is a word of its own.
    if letter == "u", !(look.at(sign + 1)?.isDigit ?? false) { return nil }
    var end = sign + 1
    var minute = 0
    if let found = minutes(&look, skipBlank(&look, end)) {
      (minute, end) = found
      let unit = skipBlank(&look, end)
      if look.matches("min", at: unit), !(look.at(unit + 3)?.isWordPart ?? false) { end = unit + 3 }
    }
    guard isEdge(&look, end) || isRangeMark(look.at(end)) else { return nil }
    return NumberReading(
      end: end,
      text: language.time(
        hour: hour, minute: minute, second: nil, suffix: nil, after: context.word))
  }

  func dayHalf(_ look: inout Lookahead, _ start: Int) -> (half: String, end: Int)? {
    guard language is EnglishNumbers || language is SpanishNumbers else { return nil }
    let index = skipBlank(&look, start)
    let halves = [
      ("a.m.", "am"), ("p.m.", "pm"), ("a. m.", "am"), ("p. m.", "pm"), ("am", "am"), ("pm", "pm"),
    ]
    for (written, half) in halves where look.matches(written, at: index, ignoringCase: true) {
      let end = index + written.count
      guard written.count > 2 else {
        if let next = look.at(end), next.isWordPart { continue }
        return (half, end)
      }
      // The stop of "p.m." may be that of the sentence; then it stays for who finds those.
      return (half, AbbreviationStop.end(&look, end - 1, sayings: words.afterHour))
    }
    return nil
  }

  /// The short word for a year behind one: "2024 r.".
  func yearWord(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    if let noun = words.yearNoun {
      let blank = skipBlank(&look, start)
      let word = letters(&look, blank)
      if blank > start, word.word == noun { return NumberReading(end: word.end, text: noun) }
    }
    guard let short = words.yearShort else { return nil }
    let blank = skipBlank(&look, start)
    guard blank > start, look.matches(short.written + ".", at: blank) else { return nil }
    let stop = blank + short.written.unicodeScalars.count
    return NumberReading(end: AbbreviationStop.end(&look, stop), text: short.spoken)
  }
}
