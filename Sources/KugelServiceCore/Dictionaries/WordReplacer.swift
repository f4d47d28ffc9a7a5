import KugelText

/// Puts the replacements of dictionaries in the place of their words.
///
/// Whole words only, the longest first; where two are equally long, the earlier dictionary and the
/// one that minds letter case. Tags, and what stands inside `<spell>`, stay as they are. What was
/// put in is not looked at again.
package struct WordReplacer: Sendable {
  private struct Rule {
    var word: [Unicode.Scalar]
    var folded: [Unicode.Scalar]
    var caseSensitive: Bool
    var replacement: String
  }

  /// By the folded first scalar, best first.
  private let rules: [Unicode.Scalar: [Rule]]

  /// An entry that has only a sound (`ipa`) changes nothing: no engine here takes one.
  package init(_ dictionaries: [ReplacementDictionary]) {
    var rules: [Unicode.Scalar: [Rule]] = [:]
    for entry in dictionaries.flatMap(\.entries) {
      let word = Array(entry.word.unicodeScalars)
      guard let replacement = entry.replacement, let first = word.first else { continue }
      rules[folded(first), default: []].append(
        Rule(
          word: word, folded: word.map(folded), caseSensitive: entry.caseSensitive,
          replacement: replacement))
    }
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

  package func rewrite(_ text: String) -> String {
    guard !rules.isEmpty else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    var isSpelling = false
    while index < scalars.count {
      if let (tag, end) = MarkupTag.read(in: scalars, at: index, before: scalars.count) {
        if tag.name == "spell" { isSpelling = !tag.isClosing && !tag.isSelfClosing }
        result.append(contentsOf: scalars[index..<end])
        index = end
      } else if !isSpelling, let rule = rule(for: scalars, at: index) {
        result.append(contentsOf: rule.replacement.unicodeScalars)
        index += rule.word.count
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    return String(result)
  }

  private func rule(for scalars: [Unicode.Scalar], at start: Int) -> Rule? {
    guard let candidates = rules[folded(scalars[start])] else { return nil }
    return candidates.first { rule in
      let end = start + rule.word.count
      guard end <= scalars.count, isEdge(scalars, start), isEdge(scalars, end) else { return false }
      return rule.caseSensitive
        ? rule.word.elementsEqual(scalars[start..<end])
        : rule.folded.elementsEqual(scalars[start..<end].lazy.map(folded))
    }
  }

  /// Whether no word goes on from before `index` to after it.
  private func isEdge(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index > 0, index < scalars.count else { return true }
    return !(isWordPart(scalars[index - 1]) && isWordPart(scalars[index]))
  }
}

private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber,
    .connectorPunctuation:
    true
  default: false
  }
}

/// Lower case, where that is one scalar.
private func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  let lower = scalar.properties.lowercaseMapping.unicodeScalars
  return lower.count == 1 ? lower.first ?? scalar : scalar
}
