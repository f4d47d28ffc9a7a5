extension Voice {
  /// The language that a text is read in, with the region that tells how its numbers and dates are read.
  ///
  /// What was asked for counts, whoever speaks. Where it names no region, the voice's own region does: a
  /// British voice reads 4/5 as the fourth of May.
  ///
  /// - Parameters:
  ///   - asked: ISO 639-1, in any case, also with a region; nil where nobody asked.
  ///   - languages: the voice's, its own first.
  package static func language(asked: String?, spokenBy languages: [String]) -> String? {
    guard let wanted = asked ?? languages.first else { return nil }
    guard !wanted.contains(where: { $0 == "-" || $0 == "_" }) else { return wanted }
    return languages.first { $0.lowercased().hasPrefix(wanted.lowercased() + "-") } ?? wanted
  }
}
