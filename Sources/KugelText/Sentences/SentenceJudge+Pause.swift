extension SentenceJudge {
  /// Where the abbreviations begin that a text ends with and that need what follows: "See Sect." is not said
  /// before its number, however long the writer pauses there.
  ///
  /// - Returns: nil where it ends with none.
  func openAbbreviations(_ scalars: [Unicode.Scalar], start: Int) -> Int? {
    var found: Int?
    var end = scalars.count
    for _ in 0..<3 {
      var stop = end
      while stop > start, end - stop < 3, scalars[stop - 1].isWhite, scalars[stop - 1] != "\n" {
        stop -= 1
      }
      guard stop > start, scalars[stop - 1] == "." else { break }
      var first = stop
      while first > start, stop - first < 16, !scalars[first - 1].isWhite, scalars[first - 1] != ">"
      {
        first -= 1
      }
      guard needsNext(scalars, first: first, stop: stop - 1, start: start) else { break }
      (found, end) = (first, first)
    }
    return found
  }

  private func needsNext(
    _ scalars: [Unicode.Scalar], first: Int, stop: Int, start: Int
  ) -> Bool {
    let place = Place(scalars: scalars, mark: stop, start: start, isInAddress: false, isLast: false)
    switch abbreviation(place) {
    case .never, .beforeNumber: return true
    // Of those that may end a sentence, only names: "Jan.", "U.S.".
    case .mayEnd: return scalars[first].isUpper
    // "U.S.", "John F."
    case nil: return scalars[first].isUpper && isInitial(place)
    }
  }
}
