/// Puts what a lexicon says in the place of its words.
///
/// Whole words only, the longest first; where two are equally long, the one that minds letter case, then
/// the earlier one. What was put in is not looked at again.
package struct LexiconStage: TextStage {
  private struct Rule: Sendable {
    var word: [Unicode.Scalar]
    var caseSensitive: Bool
    var spoken: String
  }

  /// By the folded first scalar, best first.
  private let rules: [Unicode.Scalar: [Rule]]
  /// Scalars to look at for the longest word and what follows it.
  private let reach: Int
  private var last: Unicode.Scalar = " "
  /// Blanks in a row that are taken for one.
  private static let mostBlanks = 8

  /// What is for a language suits all its regions, what is for a region that alone.
  private static func suits(_ own: String?, _ spoken: String?) -> Bool {
    guard let own = own?.lowercased(), let spoken else { return true }
    return spoken == own || spoken.hasPrefix(own + "-")
  }

  /// - Parameters:
  ///   - language: of the text, ISO 639-1, in any case, also with a region; entries of others are left
  ///     out.
  ///   - takesIPA: whether a sound between slashes is understood by who speaks. Else an entry that has
  ///     only that changes nothing.
  package init(_ lexicon: Lexicon, language: String?, takesIPA: Bool) {
    var rules: [Unicode.Scalar: [Rule]] = [:]
    let tag = language.map { String($0.lowercased().map { $0 == "_" ? "-" : $0 }) }
    for entry in lexicon.entries where Self.suits(entry.language, tag) {
      let ipa = takesIPA ? entry.ipa.map(InlineIPA.written) : nil
      guard let spoken = ipa ?? entry.replacement, let first = entry.word.unicodeScalars.first
      else { continue }
      let word = Array(entry.word.unicodeScalars)
      rules[first.folded, default: []].append(
        Rule(
          word: entry.caseSensitive ? word : word.map(\.folded),
          caseSensitive: entry.caseSensitive, spoken: spoken))
    }
    reach =
      1
      + (rules.values.joined().map { rule in
        rule.word.count + rule.word.count { $0 == " " } * (Self.mostBlanks - 1)
      }.max() ?? 0)
    self.rules = rules.mapValues { rules in
      // By hand, because the standard library does not promise to keep the order of equals.
      rules.enumerated().sorted { one, other in
        let (a, b) = (one.element, other.element)
        if a.word.count != b.word.count { return a.word.count > b.word.count }
        if a.caseSensitive != b.caseSensitive { return a.caseSensitive }
        return one.offset < other.offset
      }.map(\.element)
    }
  }

  package var isEmpty: Bool { rules.isEmpty }

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    guard !rules.isEmpty else {
      output.append(text)
      return text.count
    }
    // A word that has only begun is not spoken yet, however long the writer pauses.
    let ahead = ahead == .pause ? .more : ahead
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let isInWord = last.isLexical && scalar.isLexical
      if !isInWord, let candidates = rules[scalar.folded] {
        var look = Lookahead(text, from: index, ahead, limit: reach)
        var found: (rule: Rule, end: Int)?
        for rule in candidates where found == nil {
          found = Self.end(of: rule, &look, index).map { (rule, $0) }
        }
        // A longer word that may still come goes before a shorter one that is here.
        if look.isUndecided {
          output.append(text, start..<index)
          return index
        }
        if let found {
          output.append(text, start..<index)
          let end = found.end
          output.append(found.rule.spoken, standingFor: text.source(of: index..<end))
          last = scalars[end - 1]
          (start, index) = (end, end)
          continue
        }
      }
      last = scalar
      index += 1
    }
    output.append(text, start..<scalars.count)
    if ahead == .end { last = " " }
    return scalars.count
  }

  /// Where a word ends that begins at `start`; nil where another one does.
  private static func end(of rule: Rule, _ look: inout Lookahead, _ start: Int) -> Int? {
    var index = start
    for wanted in rule.word {
      guard let scalar = look.at(index) else { return nil }
      if wanted == " ", scalar.isWhite {
        let limit = index + mostBlanks
        while index < limit, look.at(index)?.isWhite ?? false { index += 1 }
        continue
      }
      guard (rule.caseSensitive ? scalar : scalar.folded) == wanted else { return nil }
      index += 1
    }
    guard let end = rule.word.last, end.isLexical, let next = look.at(index) else { return index }
    return next.isLexical ? nil : index
  }
}

extension Unicode.Scalar {
  /// Belongs to a word of a lexicon: a letter, a mark of one, a digit, an underscore.
  fileprivate var isLexical: Bool {
    if value < 0x80 { return isASCIILetter || isDigit || self == "_" }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation:
      return true
    default: return false
    }
  }

  /// Lower case, where that is one scalar.
  fileprivate var folded: Unicode.Scalar {
    if value < 0x80 { return asciiLowered }
    let lower = properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? self : self
  }
}
