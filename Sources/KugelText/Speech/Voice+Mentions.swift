extension Voice {
  /// Whether a word is in its name or begins one of its languages; the empty word is in all.
  package func mentions(_ word: String) -> Bool {
    let word = word.lowercased()
    return word.isEmpty || name.lowercased().contains(word) || "\(id)" == word
      || languages.contains { $0.lowercased().hasPrefix(word) }
  }
}
