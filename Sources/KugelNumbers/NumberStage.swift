import KugelText

/// Says in words what is written in digits and signs: dates, times, money, units and their kind.
///
/// What is unsure is left to the engine, above all bare numbers. A number waits for what follows it,
/// however long the writer pauses, for that may change it; where it cannot wait any longer, what may go on
/// stays as it is written.
package struct NumberStage: TextStage {
  private let reader: NumberReader
  private let waitsForNames: Bool
  /// The last scalars read, for the word before a number.
  private var recent: [Unicode.Scalar] = []
  private static let recentCount = 48
  private var passed = PassedWord()

  /// - Parameters:
  ///   - language: ISO 639-1, in any case, also with a region.
  ///   - spellsAll: bare numbers become words too.
  ///   - waitsForNames: the stop behind a word waits until it is known whether it is the dot of a name, as
  ///     in "main.py". Else a name that is torn at its dot is two words.
  /// - Returns: nil for a language whose numbers are not known.
  package init?(language: String?, spellsAll: Bool = false, waitsForNames: Bool = true) {
    guard let language = NumberLanguages.of(language) else { return nil }
    reader = NumberReader(language: language, spellsAll: spellsAll)
    self.waitsForNames = waitsForNames
  }

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let stopAhead = ahead
    let ahead = ahead == .pause ? .more : ahead
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let before = self.scalar(scalars, before: index) ?? " "
      let isScheme = scalar == "/" && self.scalar(scalars, before: index - 1) == ":"
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      guard !passed.passes(scalar, after: before, isScheme: isScheme),
        reader.mayBegin(scalar, before: next)
      else {
        index += 1
        continue
      }
      let isLast = index + 1 == scalars.count
      let isStop = scalar == "." && isLast && !waitsForNames && !before.isDigit
      let isInName = isStop && NameStems.mayHaveDot(wordTouching(scalars, index)[...])
      var look = Lookahead(
        text, from: index, isStop ? (isInName ? stopAhead : .pause) : ahead)
      let reading: NumberReading?
      if Self.isSign(scalar) {
        reading = reader.sign(&look, at: index, behind: near(scalars, before: index))
      } else if before.isWordPart || before == "_" {
        reading = reader.within(&look, at: index, after: before)
        // A number that began within a word goes on in it.
        if reading == nil, !look.isUndecided {
          index += 1
          continue
        }
      } else {
        reading = reader.read(
          &look, at: index, in: NumberContext(behind: near(scalars, before: index)))
      }
      // A word right behind it is another one.
      let isBeforeWord = reading.flatMap { look.at($0.end) }?.isWordPart ?? false
      if look.isUndecided {
        output.append(text, start..<index)
        remember(scalars[..<index])
        return index
      }
      guard let reading, ahead != .release || !Self.mayGoOn(scalars, behind: reading.end) else {
        index = max(index + 1, skipNumber(scalars, index))
        continue
      }
      output.append(text, start..<index)
      output.append(reading.text, standingFor: text.source(of: index..<reading.end))
      if isBeforeWord, !reading.text.hasSuffix(" "), !reading.text.hasSuffix("'") {
        let place = text.place(reading.end)
        output.append(" ", standingFor: place..<place)
      }
      index = reading.end
      start = index
    }
    output.append(text, start..<scalars.count)
    remember(scalars[...])
    if ahead == .release { passed.release(after: recent.last, recent.dropLast().last) }
    if ahead == .end {
      recent = []
      passed.end()
    }
    return scalars.count
  }

  /// What a number was made of reaches to the end of all there is, and may be the half of another one.
  private static func mayGoOn(_ scalars: [Unicode.Scalar], behind end: Int) -> Bool {
    guard !scalars[end...].contains(where: \.isWhite), let last = scalars.last else { return false }
    if last.isWordPart || last == "_" || last == "°" || last == "º" { return true }
    guard scalars.count > 1, scalars[scalars.count - 2].isDigit else { return false }
    switch last {
    case ".", ",", ":", "/", "-", "–", "'", "’", "⁄": return true
    default: return false
    }
  }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == ">" || scalar == "²" || scalar == "³"
      || scalar == "~"
  }

  private func scalar(_ scalars: [Unicode.Scalar], before index: Int) -> Unicode.Scalar? {
    if index > 0 { return scalars[index - 1] }
    return recent.dropLast(-index).last
  }

  /// What is no number that is understood is passed over whole, so that its end is none either.
  private func skipNumber(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    guard scalars[start].isDigit else { return start + 1 }
    var end = start
    while end < scalars.count, scalars[end].isDigit { end += 1 }
    return end
  }

  /// What stands between the last blank and an index.
  private func wordTouching(_ scalars: [Unicode.Scalar], _ index: Int) -> [Unicode.Scalar] {
    let near = near(scalars, before: index).suffix(NameStems.reach)
    return near.split(omittingEmptySubsequences: false, whereSeparator: \.isWhite).last
      .map(Array.init) ?? []
  }

  private mutating func remember(_ read: ArraySlice<Unicode.Scalar>) {
    guard !read.isEmpty else { return }
    recent = Array((recent + read.suffix(Self.recentCount)).suffix(Self.recentCount))
  }

  /// The last scalars before an index.
  private func near(_ scalars: [Unicode.Scalar], before index: Int) -> [Unicode.Scalar] {
    let here = scalars[max(0, index - Self.recentCount)..<index]
    return recent.suffix(Self.recentCount - here.count) + here
  }
}
