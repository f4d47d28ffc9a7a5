extension SentenceJudge {
  struct Ahead {
    /// The next sentence's first scalar past its opening quotes; nil if it has not come.
    var first: Unicode.Scalar?
    var firstIndex = 0
    var hasNewline = false
    var hasDash = false
    var isParagraph = false
  }

  func lookAhead(_ place: borrowing Place, from start: Int) -> Ahead {
    var ahead = Ahead()
    var newlines = 0
    for index in start..<min(place.scalars.count, start + 64) {
      let scalar = place.scalars[index]
      if scalar == "\n" || scalar == "\u{2028}" { newlines += 1 }
      if scalar == "\u{2029}" { newlines += 2 }
      ahead.hasNewline = newlines > 0
      if newlines > 1 {
        ahead.isParagraph = true
        return ahead
      }
      if scalar.isWhite || scalar.isOpener { continue }
      if scalar.isDash, !ahead.hasDash {
        ahead.hasDash = true
        continue
      }
      ahead.first = scalar
      ahead.firstIndex = index
      return ahead
    }
    if place.scalars.count >= start + 64 { ahead.first = " " }
    return ahead
  }

  /// The next word in lower case; nil while its end has not come.
  func nextWord(_ place: borrowing Place, _ ahead: Ahead) -> String? {
    var end = ahead.firstIndex
    while end < place.scalars.count, end - ahead.firstIndex < 20, place.scalars[end].isLetter {
      end += 1
    }
    if end == place.scalars.count, !place.isLast { return nil }
    return String(scalars: place.scalars[ahead.firstIndex..<end]).lowercased()
  }
}
