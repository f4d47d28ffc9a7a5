/// Reads text character by character.
///
/// Source: protocol notes, section 12.1. Digits stay digits, and signs that have no name here stay as they
/// are: every engine names them in its own language.
struct Speller {
  /// Looked up when something is spelled; most texts spell nothing.
  let language: String?

  /// - Parameters:
  ///   - content: the characters, as ranges of `scalars`.
  ///   - group: characters between two beats, if there is no white space; 0 for a beat after each.
  /// - Returns: what is read, in order, each part with the range that it stands for.
  func spell(
    _ content: [Range<Int>], of scalars: [Unicode.Scalar], group: Int
  ) -> [(text: String, source: Range<Int>)] {
    let names = SpellNames.of(language)
    let isGrouped = group > 0 && !content.contains { scalars[$0.lowerBound].isWhite }
    var pieces: [(text: String, source: Range<Int>)] = []
    for (index, range) in content.enumerated() {
      if index > 0 {
        let isInGroup = isGrouped && index % group != 0
        pieces.append((isInGroup ? " " : ", ", range.lowerBound..<range.lowerBound))
      }
      pieces.append((Self.name(of: scalars[range], in: names), range))
    }
    return pieces
  }

  /// All of a text that has no tags in it.
  func spell(_ content: [Unicode.Scalar], group: Int) -> String {
    var characters: [Range<Int>] = []
    for index in content.indices {
      if content[index].isExtending, let last = characters.last {
        characters[characters.count - 1] = last.lowerBound..<(index + 1)
      } else {
        characters.append(index..<(index + 1))
      }
    }
    return spell(characters, of: content, group: group).map(\.text).joined()
  }

  private static func name(
    of character: ArraySlice<Unicode.Scalar>, in names: [Unicode.Scalar: String]
  ) -> String {
    guard let first = character.first else { return "" }
    if first.isWhite { return names[" "] ?? " " }
    if character.count == 1, let name = names[first] { return name }
    let upper = String(scalars: character).uppercased()
    // "ß" would become two letters.
    return upper.unicodeScalars.count == character.count ? upper : String(scalars: character)
  }
}
