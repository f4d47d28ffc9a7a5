/// When each character of a text chunk is spoken.
///
/// Source: ElevenLabs notes, section 7.8.
package struct CharacterTimes: Equatable, Sendable {
  /// One or more scalars each.
  package let characters: [String]
  /// Milliseconds from the chunk's first sample.
  package let starts: [Int]
  package let durations: [Int]

  package init(characters: [String], starts: [Int], durations: [Int]) {
    self.characters = characters
    self.starts = starts
    self.durations = durations
  }

  package var isEmpty: Bool { characters.isEmpty }

  /// As it was sent.
  package var text: String { characters.reduce(into: "") { $0 += $1 } }

  /// What stands between white space.
  package var words: [WordTime] {
    var words: [WordTime] = []
    var offset = 0
    var isWithin = false
    for (index, character) in characters.enumerated() {
      let length = character.utf8.count == 1 ? 1 : character.unicodeScalars.count
      defer { offset += length }
      guard !Self.isBlank(character) else {
        isWithin = false
        continue
      }
      let end = starts[index] + durations[index]
      if isWithin {
        words[words.count - 1].word += character
        words[words.count - 1].characterEnd = offset + length
        words[words.count - 1].endMilliseconds = end
      } else {
        words.append(
          WordTime(
            word: character, startMilliseconds: starts[index], endMilliseconds: end,
            characterStart: offset, characterEnd: offset + length))
      }
      isWithin = true
    }
    return words
  }

  /// Most are one letter, which is seen at once.
  static func isBlank(_ character: String) -> Bool {
    if character.utf8.count == 1, let byte = character.utf8.first {
      return byte == 0x20 || (0x09...0x0D).contains(byte)
    }
    return character.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
