import KugelSession

/// How a line being typed goes on.
package struct Completion: Equatable, Sendable {
  /// Unicode scalars before the cursor that `text` takes the place of.
  package let replaced: Int
  /// As much as is clear.
  package let text: String
  /// All that could be meant; of one alone all is clear.
  package let candidates: [String]

  /// What follows a word of which all is clear.
  enum Ending: Equatable {
    /// A blank, before the next word.
    case word
    /// Nothing: what was completed goes on, as the name of a setting does with its value.
    case goesOn
    /// A blank, or nothing behind a folder.
    case path
  }

  /// - Parameters:
  ///   - candidates: not in quotes; each begins with what is meant, but for letter case.
  ///   - written: what was typed of it, quotes and all.
  init?(_ candidates: [String], for written: Substring, ending: Ending = .word) {
    guard let first = candidates.first else { return nil }
    let meant = UnfinishedWord.meaning(of: written)
    let common = candidates.dropFirst().reduce(first) { common, candidate in
      String(zip(common, candidate).prefix { $0 == $1 }.map(\.0))
    }
    // Where they differ in letter case what was typed says more.
    let clear = common.count < meant.count ? meant : common
    let isWhole =
      candidates.count == 1 && ending != .goesOn && !(ending == .path && clear.hasSuffix("/"))
    self.candidates = candidates
    replaced = written.unicodeScalars.count
    if candidates.count > 1 && clear == meant {
      text = String(written)
    } else {
      text = Self.written(clear, inQuotes: written.hasPrefix("\""), isWhole: isWhole)
    }
  }

  /// As a line has it; the quote stays open as long as more may follow.
  private static func written(_ text: String, inQuotes: Bool, isWhole: Bool) -> String {
    var result = text
    if inQuotes || text.contains(where: { $0.isWhitespace || $0 == "\"" }) {
      result = Quoting.quote(text)
      if !isWhole { result.removeLast() }
    }
    return isWhole ? result + " " : result
  }
}
