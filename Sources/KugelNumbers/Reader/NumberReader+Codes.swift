import KugelText

extension NumberReader {
  // MARK: - Telephone numbers

  /// "+49 30 1234567".
  func phone(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    guard let groups = groups(&look, start + 1), groups.count > 6, isEdge(&look, groups.end) else {
      return nil
    }
    return NumberReading(end: groups.end, text: "\(words.plus) \(groups.text)")
  }

  /// "(030) 123456", "(555) 123-4567".
  func bracketedPhone(_ look: inout Lookahead, _ start: Int) -> NumberReading? {
    let (area, end) = run(&look, start + 1)
    guard (2...5).contains(area.count), look.at(end) == ")" else { return nil }
    let first = skipBlank(&look, end + 1)
    guard let groups = groups(&look, first), groups.count >= (area.count == 2 ? 7 : 5),
      isEdge(&look, groups.end)
    else {
      return nil
    }
    return NumberReading(end: groups.end, text: "\(language.digits(area)), \(groups.text)")
  }

  /// "030 1234567", "01 23 45 67 89", "555-123-4567", "0170/1234567".
  func localPhone(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    let (first, end) = run(&look, start)
    // "tel. 22 123 45 67"
    if words.beforePhone.contains(context.word), let groups = groups(&look, start),
      groups.count > 5, groups.parts > 1 || !first.hasSuffix("000"), isEdge(&look, groups.end)
    {
      return NumberReading(end: groups.end, text: groups.text)
    }
    guard let mark = look.at(end), mark == " " || mark == "-" || mark == "/" || mark.isGlue else {
      return nil
    }
    let isDialled = first.hasPrefix("0") && first.count > 1
    let isAmerican = mark == "-" && first.count == 3
    guard isDialled || isAmerican, let groups = groups(&look, start), groups.parts > 1,
      isEdge(&look, groups.end)
    else { return nil }
    // Two groups of a rank list or a score are none.
    guard groups.count >= (isDialled ? 7 : 10) || isAmerican && groups.shape == [3, 4] else {
      return nil
    }
    return NumberReading(end: groups.end, text: groups.text)
  }

  /// Groups of digits between single blanks, strokes or stops, read digit by digit.
  private func groups(
    _ look: inout Lookahead, _ start: Int
  ) -> (text: String, count: Int, parts: Int, shape: [Int], end: Int)? {
    var texts: [String] = []
    var shape: [Int] = []
    var index = start
    var end = start
    while texts.count < 8 {
      var first = index
      let isBracketed = look.at(first) == "("
      if isBracketed { first += 1 }
      let (digits, next) = run(&look, first)
      guard !digits.isEmpty, digits.count <= 12 else { break }
      texts.append(language.digits(digits))
      shape.append(digits.count)
      end = isBracketed && look.at(next) == ")" ? next + 1 : next
      guard let mark = look.at(end), mark == " " || mark == "-" || mark == "/" || mark.isGlue,
        let follower = look.at(end + 1), follower.isDigit || follower == "("
      else { break }
      index = end + 1
    }
    guard !texts.isEmpty else { return nil }
    return (texts.joined(separator: ", "), shape.reduce(0, +), texts.count, shape, end)
  }

  // MARK: - Versions

  /// "2.0.1", "192.168.1.1": three parts at least, or two behind a "v".
  func version(
    _ look: inout Lookahead, _ start: Int, isBehindLetter: Bool = false
  ) -> NumberReading? {
    var parts: [String] = []
    var index = start
    while parts.count < 6 {
      let (digits, end) = run(&look, index)
      guard (1...5).contains(digits.count) else { break }
      parts.append(digits)
      index = end
      guard look.at(end) == ".", look.at(end + 1)?.isDigit ?? false else { break }
      index = end + 1
    }
    guard parts.count > 2 || isBehindLetter && parts.count == 2, isEdge(&look, index) else {
      return nil
    }
    // Groups of thousands look the same.
    let isGrouped = words.groupMark == "." && parts.dropFirst().allSatisfy { $0.count == 3 }
    guard !isGrouped else { return nil }
    let point = words.decimalMark == "." ? words.decimal : words.dot
    let spoken = parts.map { part in
      part.hasPrefix("0") && part.count > 1 || part.count > 3
        ? language.digits(part) : language.cardinal(Int(part) ?? 0)
    }
    return NumberReading(end: index, text: spoken.joined(separator: " \(point) "))
  }
}
