import KugelText

/// Understands what begins with a digit, a sign of money, a sign, a month's name or a numeral.
struct NumberReader: Sendable {
  let language: any NumberLanguage
  let words: NumberVocabulary
  let spellsAll: Bool
  /// The capitals that months begin with, where a day follows its month.
  private let monthCapitals: Set<Unicode.Scalar>

  init(language: any NumberLanguage, spellsAll: Bool) {
    self.language = language
    self.spellsAll = spellsAll
    words = language.words
    monthCapitals =
      words.putsMonthFirst ? Set(words.months.compactMap { $0.unicodeScalars.first }) : []
  }

  /// - Parameter next: what follows; nil where that has not come.
  func mayBegin(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
    if scalar.value < 0x80 {
      switch scalar {
      case "E", "U", "G", "C", "P", "J":
        return monthCapitals.contains(scalar) || next.map { $0.isUpper } ?? true
      case "0"..."9", "$", "+", "-", "(", ".", "@", "#", "I", "V", "X", "R", "<", ">", "~":
        return true
      default: return monthCapitals.contains(scalar)
      }
    }
    switch scalar {
    case "€", "£", "¥", "₹", "−", "№", "§", "²", "³", "½", "¼", "¾", "⅓", "⅔", "⅛", "⅜", "⅝", "⅞":
      return true
    default: return false
    }
  }

  /// At a place that no word goes into.
  func read(
    _ look: inout Lookahead, at start: Int, in context: NumberContext
  ) -> NumberReading? {
    guard let first = look.at(start) else { return nil }
    switch first {
    case "0"..."9": return digits(&look, start, context)
    case "+": return phone(&look, start)
    case "-", "−": return negative(&look, start, context)
    case "(": return bracketedPhone(&look, start)
    case "$", "€", "£", "¥", "₹": return signedMoney(&look, start)
    case "R":
      return look.at(start + 1) == "$" && words.currencies["R$"] != nil
        ? signedMoney(&look, start) : nil
    case "#", "№": return numbered(&look, start)
    case "I", "V", "X": return numeral(&look, start, context)
    case ".", "@", "§": return nil
    case "E", "U", "G", "C", "P", "J":
      return codedMoney(&look, start)
        ?? (monthCapitals.contains(first) ? monthFirst(&look, start) : nil)
    default:
      if let part = VulgarFraction.of(first) {
        return fraction(part, nil, &look, start + 1, after: context.word)
      }
      return monthFirst(&look, start)
    }
  }

  /// Behind a letter or digit: the dots of names, and numbers of versions.
  func within(
    _ look: inout Lookahead, at start: Int, after before: Unicode.Scalar
  ) -> NumberReading? {
    switch look.at(start) {
    case ".": return FileName.dot(&look, start, after: before, words)
    case "@":
      guard let next = look.at(start + 1), next.isLetter else { return nil }
      return NumberReading(end: start + 1, text: " \(words.at) ")
    case .some(let digit) where digit.isDigit && (before == "v" || before == "V"):
      guard let version = version(&look, start, isBehindLetter: true) else { return nil }
      return NumberReading(end: version.end, text: " " + version.text)
    default: return nil
    }
  }

  // MARK: - Parts

  /// Nothing goes on at an index that would make the number another one.
  func isEdge(_ look: inout Lookahead, _ index: Int) -> Bool {
    guard let next = look.at(index) else { return true }
    if next.isWordPart || next == "_" { return false }
    // A mark between digits belongs to them.
    guard next == "." || next == "," || next == "-" || next == "/" || next == ":" || next == "'"
    else { return true }
    return !(look.at(index + 1)?.isDigit ?? false)
  }

  func run(_ look: inout Lookahead, _ start: Int) -> (digits: String, end: Int) {
    let end = look.skip(start) { $0.isDigit && $0.isASCII }
    return (text(&look, start..<end), end)
  }

  func text(_ look: inout Lookahead, _ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for index in range { if let scalar = look.at(index) { view.append(scalar) } }
    return String(view)
  }

  func letters(_ look: inout Lookahead, _ start: Int) -> (word: String, end: Int) {
    let end = look.skip(start, while: \.isLetter)
    return (text(&look, start..<end), end)
  }

  /// White space that does not end a line.
  func skipBlank(_ look: inout Lookahead, _ start: Int) -> Int {
    guard let scalar = look.at(start), scalar == " " || scalar.isGlue || scalar == "\u{2009}" else {
      return start
    }
    return start + 1
  }

  /// A whole number with groups and a decimal part.
  func amount(_ look: inout Lookahead, _ start: Int) -> (amount: WrittenAmount, end: Int)? {
    var (digits, end) = run(&look, start)
    guard !digits.isEmpty, digits.count <= 15 else { return nil }
    var (isGrouped, hasBlanks) = (false, false)
    if digits.count <= 3, digits != "0" {
      while let mark = look.at(end), isGroupMark(mark) {
        let (group, next) = run(&look, end + 1)
        guard group.count == 3, digits.count <= 12 else { break }
        // An ordinary blank may stand between two numbers, but not before no thousands.
        if mark == " ", !words.groupsWithBlank, group != "000" { break }
        hasBlanks = hasBlanks || mark == " "
        digits += group
        end = next
        isGrouped = true
      }
    }
    // "22 123 45 67" is somebody's number.
    if hasBlanks, look.at(end) == " ", look.at(end + 1)?.isDigit ?? false { return nil }
    guard let whole = Int(digits) else { return nil }
    var amount = WrittenAmount(whole: whole, isGrouped: isGrouped)
    if look.at(end) == words.decimalMark {
      let (fraction, next) = run(&look, end + 1)
      if !fraction.isEmpty, fraction.count <= 15 {
        amount.fraction = fraction
        end = next
      }
    }
    if digits.count > 1, digits.hasPrefix("0"), amount.fraction == nil { return nil }
    return (amount, end)
  }

  private func isGroupMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar == words.groupMark || scalar.isGlue || scalar == "\u{2009}" || scalar == "'"
      || scalar == "’" || scalar == " "
  }

  // MARK: - Digits

  private func digits(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    // A number behind one of these belongs to what stands before it.
    if context.before == "." || context.before == "/" || context.before == "-"
      || context.before == ":"
      || context.before == "," || context.before == "\\" || context.before == "="
    {
      return nil
    }
    if context.before == "'" || context.before == "’" {
      if context.isShortYear { return shortYear(&look, start, context) }
      guard context.isElided, language is ItalianNumbers || language is FrenchNumbers else {
        return nil
      }
    }
    if let found = date(&look, start, context) { return found }
    if let found = time(&look, start, context) { return found }
    if let found = decade(&look, start, context) { return found }
    if let found = localPhone(&look, start, context) { return found }
    if let found = ratio(&look, start, context) { return found }
    if let found = version(&look, start) { return found }
    if let found = fraction(&look, start, context) { return found }
    guard let (amount, end) = amount(&look, start) else { return nil }
    if let found = range(amount, &look, end, context) { return found }
    return measured(amount, &look, end, after: context.word)
      ?? ordinal(amount, &look, end, context)
      ?? bare(amount, &look, start, end, context)
  }

  private func negative(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard context.before.isWhite || context.before == "(", let first = look.at(start + 1),
      first.isDigit, let (amount, end) = amount(&look, start + 1)
    else {
      guard look.at(start + 1) == "$" || look.at(start + 1) == "€" || look.at(start + 1) == "£",
        context.before.isWhite || context.before == "(",
        let money = signedMoney(&look, start + 1)
      else { return nil }
      return NumberReading(end: money.end, text: "\(words.minus) \(money.text)")
    }
    let found =
      measured(amount, &look, end, after: "")
      ?? (isEdge(&look, end)
        ? NumberReading(end: end, text: language.spoken(amount)) : nil)
    return found.map { NumberReading(end: $0.end, text: "\(words.minus) \($0.text)") }
  }

  private func numbered(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let first = look.at(start) == "№" ? skipBlank(&look, start + 1) : start + 1
    guard let (amount, end) = amount(&look, first), amount.isWhole, isEdge(&look, end) else {
      return nil
    }
    return NumberReading(end: end, text: "\(words.number) \(language.spoken(amount))")
  }

  /// A number without anything: only what an engine would read wrongly.
  private func bare(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ start: Int, _ end: Int,
    _ context: NumberContext
  ) -> NumberReading? {
    guard isEdge(&look, end) else { return nil }
    let isYear =
      amount.isWhole && !amount.isGrouped && end - start == 4
      && (1100..<2100).contains(amount.whole)
      && (words.beforeYear.contains(context.word)
        || words.months.contains { $0.lowercased() == context.word } && !isCounted(&look, end))
    if end - start == 4, amount.isWhole, !amount.isGrouped, let word = yearWord(&look, end) {
      let year = language.year(amount.whole, after: context.word)
      return NumberReading(end: word.end, text: "\(year) \(word.text)")
    }
    if isYear { return NumberReading(end: end, text: language.year(amount.whole)) }
    guard spellsAll || !amount.isWhole || amount.isGrouped else { return nil }
    let text = language.spoken(amount, after: context.word)
    if let counted = countedMillions(amount, text, &look, end) { return counted }
    return NumberReading(end: end, text: text)
  }

  private func ordinal(
    _ amount: WrittenAmount, _ look: inout Lookahead, _ end: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard amount.isWhole, let suffix = OrdinalSuffix.read(&look, end, language) else { return nil }
    guard
      let text = language.ordinal(
        amount.whole, suffix.gender, after: suffix.needsWord ? context.word : "der")
    else { return nil }
    return NumberReading(end: suffix.end, text: text)
  }

  /// "2 000 000 personnes": millions are linked to what is counted where a language does so.
  private func countedMillions(
    _ amount: WrittenAmount, _ text: String, _ look: inout Lookahead, _ end: Int
  ) -> NumberReading? {
    guard !words.multiplierLink.isEmpty, amount.isWhole, amount.whole > 0,
      amount.whole % 1_000_000 == 0, case let blank = skipBlank(&look, end), blank > end
    else { return nil }
    let noun = letters(&look, blank)
    guard words.isCounted(noun.word) else { return nil }
    return NumberReading(end: blank, text: "\(text) \(language.link(to: noun.word))")
  }
}
