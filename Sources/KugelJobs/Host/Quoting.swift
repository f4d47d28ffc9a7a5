/// A word as messages show it.
package func quoted(_ word: String) -> String { "\"\(word)\"" }

/// Words as a shell takes them back, each in single quotes where it needs them.
package func shellWords(_ words: [String]) -> String {
  words.map(shellWord).joined(separator: " ")
}

private func shellWord(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0)
      || "-_./,:=+%@".unicodeScalars.contains($0)
  }
  if plain, !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    + "'"
}
