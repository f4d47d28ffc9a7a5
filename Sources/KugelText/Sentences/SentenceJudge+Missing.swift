extension SentenceJudge {
  /// A stop that touches the next word: "I looked it up.The answer is four." are two sentences, "Node.js",
  /// "example.com" and "System.Out" one word.
  func beforeWord(_ place: borrowing Place, run: Int) -> Verdict {
    let scalars = place.scalars
    guard run == place.mark + 1, scalars[run].isUpper, !place.isInAddress,
      endsPlainWord(place), place.mark >= place.start + 2, scalars[place.mark - 1].isLower,
      scalars[place.mark - 2].isLetter
    else { return .goesOn(run) }
    var end = run + 1
    while end < scalars.count, end - run < 24, scalars[end].isLower { end += 1 }
    guard end < scalars.count else { return place.isLast ? .goesOn(run) : .undecided }
    guard scalars[end].isWhite || scalars[end] == "," || scalars[end] == "'" || scalars[end] == "’"
    else { return .goesOn(run) }
    let word = String(scalars: scalars[run..<end]).lowercased()
    if isStarter(word) { return .ends(run) }
    // "Paris.London" may be a name; a word in lower case before it is none.
    var first = place.mark
    while first > place.start, place.mark - first < 24, scalars[first - 1].isLetter { first -= 1 }
    let isBehindBlank =
      first == place.start || scalars[first - 1].isWhite || scalars[first - 1].isOpener
    return isBehindBlank && scalars[first].isLower ? .ends(run) : .goesOn(run)
  }

  /// The stop may be one within a name ("Node.js", "my_notes.txt"), of which the rest has not come yet: only
  /// where the word looks like one, so that no other sentence waits.
  func mayGoOn(_ place: borrowing Place) -> Bool {
    var first = place.mark
    while first > place.start, place.mark - first < NameStems.reach,
      !place.scalars[first - 1].isWhite, place.scalars[first - 1] != ">"
    {
      first -= 1
    }
    return NameStems.mayHaveDot(
      place.scalars[first..<place.mark],
      isAlone: !place.scalars[place.start..<first].contains(where: \.isSpeakable))
  }
}

/// What stands before the dot of names that have one ("Node.js", "ASP.NET").
package enum NameStems {
  /// Whether a name may go on behind a dot that comes next: one that is known for it, a path, or a word that
  /// only programs write.
  ///
  /// - Parameters:
  ///   - word: since the last blank; at most `reach` scalars.
  ///   - isAlone: nothing is said before it in its sentence, which then is no name's place.
  package static func mayHaveDot(
    _ word: ArraySlice<Unicode.Scalar>, isAlone: Bool = false
  ) -> Bool {
    var before: Unicode.Scalar = " "
    for scalar in word {
      if scalar == "_" || scalar == "/" || scalar == "\\" { return true }
      if before.isLower, scalar.isUpper { return true }
      before = scalar
    }
    return !isAlone && isStem(String(scalars: word))
  }

  /// Scalars that are looked at.
  package static let reach = 40

  private static func isStem(_ word: String) -> Bool {
    switch word {
    case "ASP", "Alpine", "Amazon", "Backbone", "Booking", "Chart", "Discord", "Ember", "Express",
      "Handlebars", "Knockout", "Moment", "Next", "Node", "Nuxt", "Paper", "Prototype", "React",
      "Socket", "Three", "Vue", "README", "CHANGELOG", "main", "index", "app", "config", "utils",
      "init", "setup", "requirements", "tsconfig":
      true
    default: false
    }
  }
}
