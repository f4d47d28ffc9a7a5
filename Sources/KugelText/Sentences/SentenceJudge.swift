/// Decides whether a mark ends a sentence, from what stands around it.
///
/// Looks back and ahead over a bounded number of scalars, so that a text judged as it grows costs
/// time in proportion to its length.
struct SentenceJudge: Sendable {
  enum Verdict: Equatable {
    /// The sentence ends before this index.
    case ends(Int)
    /// No end; go on reading at this index.
    case goesOn(Int)
    /// What decides has not arrived yet.
    case undecided
  }

  /// A mark in its surroundings.
  struct Place {
    var scalars: [Unicode.Scalar]
    /// Index of the first mark of the run.
    var mark: Int
    /// Where the piece begins that the mark may end.
    var start: Int
    /// The mark stands in a URL or a mail address.
    var isInAddress: Bool
    /// Nothing will follow the scalars.
    var isLast: Bool
  }

  private let rules: SentenceRules

  init(language: String?) { rules = .of(language) }

  func mark(_ scalar: Unicode.Scalar) -> SentenceMark? {
    scalar.sentenceMark ?? (rules.asksWithSemicolon && scalar == ";" ? .plain : nil)
  }

  func verdict(_ place: borrowing Place) -> Verdict {
    let run = readRun(place)
    let (closed, isEnclosed) = endOfClosers(place, from: run.end)
    let kind = place.isInAddress && run.kind == .cry ? .stop : run.kind
    guard closed < place.scalars.count else {
      if place.isLast || kind == .plain || kind == .cry { return .ends(closed) }
      let ending = ending(place)
      let isDecided =
        kind == .ellipsis ? ending != .loose : ending == .plainWord && !mayGoOn(place)
      return isDecided ? .ends(closed) : .undecided
    }
    let next = place.scalars[closed]
    guard next.isWhite else { return beforeText(place, kind: kind, run: run.end, closed: closed) }
    let ahead = lookAhead(place, from: closed)
    if ahead.isParagraph || kind == .plain { return .ends(closed) }
    switch kind {
    case .cry:
      return (isEnclosed || ahead.hasDash) && ahead.first?.isLower == true
        ? .goesOn(run.end) : .ends(closed)
    case .ellipsis:
      // What was left out of a quotation: "The sea [...] was dark".
      if place.mark > place.start, place.scalars[place.mark - 1] == "[" { return .goesOn(run.end) }
      guard let first = ahead.first else { return .ends(closed) }
      return first.isLower || first.isClauseMark ? .goesOn(run.end) : .ends(closed)
    case .stop, .plain:
      if place.isInAddress { return .ends(closed) }
      if isEnclosed, ahead.first?.isLower == true { return .goesOn(run.end) }
      return afterStop(place, ahead: ahead, run: run.end, closed: closed)
    }
  }

  private func readRun(_ place: borrowing Place) -> (kind: SentenceMark, end: Int) {
    var end = place.mark
    var stops = 0
    var kind = SentenceMark.stop
    while end < place.scalars.count, let found = mark(place.scalars[end]) {
      switch found {
      case .stop: stops += 1
      case .ellipsis: stops += 3
      case .cry: if kind != .plain { kind = .cry }
      case .plain: kind = .plain
      }
      end += 1
      if found == .stop, kind == .stop, isSpacedStop(place, at: end) { end += 1 }
    }
    return (kind == .stop && stops > 1 ? .ellipsis : kind, end)
  }

  /// Closing quotes, brackets and tags that belong to the sentence.
  ///
  /// - Returns: where they end, and whether there is more among them than tags.
  private func endOfClosers(
    _ place: borrowing Place, from start: Int
  ) -> (end: Int, isEnclosed: Bool) {
    var index = start
    var isEnclosed = false
    // More closers than anybody writes would make reading a growing text slow.
    while index < min(place.scalars.count, start + 16) {
      let scalar = place.scalars[index]
      if scalar.isCloser {
        index += 1
        isEnclosed = true
      } else if scalar == "<", index + 1 < place.scalars.count, place.scalars[index + 1] == "/",
        let tag = MarkupTag.read(in: place.scalars, at: index, before: place.scalars.count)
      {
        index = tag.end
      } else if scalar.isWhite, index + 1 < place.scalars.count, place.scalars[index + 1] == "»",
        scalar.isGlue || opensGuillemet(place)
      {
        // French typography: « Oui ! »
        index += 2
        isEnclosed = true
      } else {
        break
      }
    }
    return (index, isEnclosed)
  }

  /// A quotation was opened by `«` within the last scalars, so `»` after a blank closes it.
  private func opensGuillemet(_ place: borrowing Place) -> Bool {
    var index = place.mark
    while index > max(place.start, place.mark - 256) {
      index -= 1
      if place.scalars[index] == "«" { return true }
      if place.scalars[index] == "»" { return false }
    }
    return false
  }

  private func beforeText(
    _ place: borrowing Place, kind: SentenceMark, run: Int, closed: Int
  ) -> Verdict {
    let next = place.scalars[closed]
    if kind == .plain {
      // 「本当？」と言った: the particle makes the quotation a part of the sentence.
      let isQuoted = closed > run && (next == "と" || next == "っ")
      return next.isClauseMark || next.isEastAsianClauseMark || isQuoted
        ? .goesOn(run) : .ends(closed)
    }
    let begins =
      next == "¿" || next == "¡" || next == "<" || (next.isEastAsian && next.isLetter)
      || next.isEastAsian && next.isOpener
    guard begins, !place.isInAddress else {
      return kind == .stop && closed == run ? beforeWord(place, run: run) : .goesOn(run)
    }
    if next == "<" {
      guard MarkupTag.read(in: place.scalars, at: closed, before: place.scalars.count) != nil else {
        return .goesOn(run)
      }
    }
    return kind != .stop || ending(place) == .plainWord ? .ends(closed) : .goesOn(run)
  }

  // MARK: - Full stops

  private func afterStop(
    _ place: borrowing Place, ahead: Ahead, run: Int, closed: Int
  ) -> Verdict {
    func ends(_ condition: Bool) -> Verdict { condition ? .ends(closed) : .goesOn(run) }
    let ending = ending(place)
    switch ending {
    case .plainWord, .address:
      return .ends(closed)
    case .loose:
      return ends(ahead.first?.isLower != true)
    case .number(let isItem, let isAfterArticle):
      if isItem, !ahead.hasNewline { return .goesOn(run) }
      guard rules.hasOrdinals else { return .ends(closed) }
      guard let first = ahead.first else { return waits(place, closed) }
      if first.isLower || (isAfterArticle && first.isLetter) { return .goesOn(run) }
      guard let word = nextWord(place, ahead) else { return waits(place, closed) }
      return ends(!rules.afterOrdinal.contains(word))
    case .abbreviation(.never):
      return .goesOn(run)
    case .abbreviation(.mayEnd):
      guard let first = ahead.first else { return waits(place, closed) }
      return ends(!first.isLower && !first.isDigit && !first.isClauseMark && !ahead.hasDash)
    case .abbreviation(.beforeNumber):
      guard let first = ahead.first else { return waits(place, closed) }
      if first.isDigit || first == "°" || first.isLower { return .goesOn(run) }
      guard let word = nextWord(place, ahead) else { return waits(place, closed) }
      return ends(!word.allSatisfy { "ivxlcdm".contains($0) })
    case .initial:
      guard let first = ahead.first else { return waits(place, closed) }
      guard first.isUpper else { return .goesOn(run) }
      // Names are seldom broken over lines, and lists of lines are common.
      if ahead.hasNewline { return .ends(closed) }
      guard let word = nextWord(place, ahead) else { return waits(place, closed) }
      return ends(rules.starters.contains(word))
    }
  }

  /// Stops with blanks between them are one ellipsis; a blank before an ellipsis is none of it.
  private func isSpacedStop(_ place: borrowing Place, at blank: Int) -> Bool {
    let (stop, behind) = (blank + 1, blank + 2)
    guard stop < place.scalars.count, place.scalars[blank] == " ", place.scalars[stop] == "."
    else { return false }
    return behind < place.scalars.count ? place.scalars[behind].isWhite : place.isLast
  }

  /// What stands before the mark is a word and no abbreviation.
  func endsPlainWord(_ place: borrowing Place) -> Bool { ending(place) == .plainWord }

  func isStarter(_ word: String) -> Bool { rules.starters.contains(word) }

  private func waits(_ place: borrowing Place, _ closed: Int) -> Verdict {
    place.isLast ? .ends(closed) : .undecided
  }

  private enum Ending: Equatable {
    case plainWord
    /// A stop that stands apart from any word.
    case loose
    /// A dotted word that is no abbreviation, or an address.
    case address
    case initial
    case number(isItem: Bool, isAfterArticle: Bool)
    case abbreviation(SentenceRules.Abbreviation)
  }

  /// The kind of abbreviation that the mark belongs to.
  func abbreviation(_ place: borrowing Place) -> SentenceRules.Abbreviation? {
    if case .abbreviation(let kind) = ending(place) { return kind }
    return nil
  }

  /// The mark stands behind a letter, or letters with stops, that no list has.
  func isInitial(_ place: borrowing Place) -> Bool { ending(place) == .initial }

  /// Longest word that is looked up; everything longer is a plain word.
  private static let longestWord = 40

  private func ending(_ place: borrowing Place) -> Ending {
    if place.isInAddress { return .address }
    let scalars = place.scalars
    let word = wordBefore(scalars, end: place.mark, start: place.start)
    guard !word.isEmpty else {
      let isLoose = place.mark == place.start || scalars[place.mark - 1].isWhite
      return isLoose ? .loose : .plainWord
    }
    if word.count > Self.longestWord { return .plainWord }
    let last = scalars[word.upperBound - 1]
    if last.isDigit {
      return scalars[word].allSatisfy(\.isDigit)
        ? number(place, word)
        : .number(
          isItem: false, isAfterArticle: false)
    }
    guard last.isLetter || last == "º" || last == "ª" || last == "°" else { return .plainWord }
    let text = String(scalars: scalars[word])
    for joined in joins(scalars, word, start: place.start) + [text] {
      guard let found = rules.abbreviation(joined) else { continue }
      // A single letter that abbreviates before a number may be an initial elsewhere.
      if found == .beforeNumber, word.count == 1 { break }
      if found == .beforeNumber, isAnswer(place, word) { return .plainWord }
      return .abbreviation(found)
    }
    if word.count == 1 {
      return rules.abbreviation(text) == .beforeNumber && !last.isUpper
        ? .abbreviation(.beforeNumber) : .initial
    }
    let parts = scalars[word].split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 1 {
      return parts.allSatisfy { (1...2).contains($0.count) } ? .initial : .address
    }
    if rules.hasOrdinals, word.count <= 5,
      scalars[word].allSatisfy({ "IVXLC".unicodeScalars.contains($0) })
    {
      return .number(isItem: false, isAfterArticle: articleBefore(scalars, word, place.start))
    }
    return .plainWord
  }

  /// A word alone in its sentence that is no abbreviation there, unless a number follows.
  private func isAnswer(_ place: borrowing Place, _ word: Range<Int>) -> Bool {
    guard rules.answers.contains(String(scalars: place.scalars[word])),
      place.scalars[place.start..<word.lowerBound].allSatisfy({ $0.isWhite || $0.isOpener })
    else { return false }
    return lookAhead(place, from: place.mark + 1).first?.isDigit != true
  }

  private func number(_ place: borrowing Place, _ word: Range<Int>) -> Ending {
    let scalars = place.scalars
    var isItem = word.count <= 3
    var index = word.lowerBound
    while isItem, index > place.start, word.lowerBound - index < 16 {
      index -= 1
      if scalars[index] == "\n" { break }
      if !scalars[index].isWhite, !scalars[index].isOpener { isItem = false }
    }
    return .number(
      isItem: isItem, isAfterArticle: word.count <= 3 && articleBefore(scalars, word, place.start))
  }

  private func articleBefore(_ scalars: [Unicode.Scalar], _ word: Range<Int>, _ start: Int) -> Bool
  {
    guard rules.hasOrdinals, let end = skipWhite(scalars, before: word.lowerBound, start: start)
    else {
      return false
    }
    let before = wordBefore(scalars, end: end, start: start)
    return rules.beforeOrdinal.contains(String(scalars: scalars[before]).lowercased())
  }

  /// The abbreviation written in parts that ends with this word, longest first ("z" and "B": "z.B").
  private func joins(_ scalars: [Unicode.Scalar], _ word: Range<Int>, start: Int) -> [String] {
    var joined = String(scalars: scalars[word])
    var all: [String] = []
    var first = word.lowerBound
    for _ in 0..<3 {
      guard let stop = skipWhite(scalars, before: first, start: start), stop > start,
        scalars[stop - 1] == "."
      else { break }
      let before = wordBefore(scalars, end: stop - 1, start: start)
      guard (1...3).contains(before.count), scalars[before].allSatisfy(\.isLetter) else { break }
      joined = String(scalars: scalars[before]) + "." + joined
      all.insert(joined, at: 0)
      first = before.lowerBound
    }
    return all
  }

  private func skipWhite(_ scalars: [Unicode.Scalar], before end: Int, start: Int) -> Int? {
    var index = end
    while index > max(start, end - 3), scalars[index - 1].isWhite { index -= 1 }
    return index < end ? index : nil
  }

  /// The word that ends at `end`, without opening quotes and brackets, with its inner stops.
  private func wordBefore(_ scalars: [Unicode.Scalar], end: Int, start: Int) -> Range<Int> {
    var first = end
    let limit = max(start, end - Self.longestWord - 1)
    while first > limit {
      let scalar = scalars[first - 1]
      if scalar.isWhite || scalar == ">" || scalar == "/" || scalar.isEastAsian { break }
      first -= 1
    }
    while first < end, scalars[first].isOpener || scalars[first].isDash || scalars[first] == "." {
      first += 1
    }
    return first..<end
  }
}
