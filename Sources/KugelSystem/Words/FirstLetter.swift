extension StringProtocol {
  /// Fit for the middle of a sentence: the first letter is small, unless the word is an abbreviation.
  package var beginningSmall: String {
    let isAbbreviation = prefix { $0 != " " }.dropFirst().contains(where: \.isUppercase)
    return isAbbreviation ? String(self) : prefix(1).lowercased() + dropFirst()
  }

  /// Fit for the beginning of a sentence.
  package var beginningCapital: String { prefix(1).uppercased() + dropFirst() }
}
