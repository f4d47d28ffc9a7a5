import KugelText

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

  /// nil without characters.
  init?(_ fields: WireFields) throws {
    characters = try fields.strings("chars") ?? []
    starts =
      try fields.integers("charStartTimesMs") ?? fields.integers("charsStartTimesMs") ?? []
    durations =
      try fields.integers("charDurationsMs") ?? fields.integers("charsDurationsMs") ?? []
    guard starts.count == characters.count, durations.count == characters.count else {
      throw FieldError(field: "alignment", expected: "as many times as characters")
    }
    if characters.isEmpty { return nil }
  }

  /// As the calls tell them: seconds, and where each ends; nil without characters.
  ///
  /// Source: ElevenLabs notes, section 6.3.
  init?(seconds fields: WireFields) throws {
    let milliseconds = { (seconds: Double) in
      Int((min(max(seconds, 0), Self.longest) * 1000).rounded())
    }
    let begins = try fields.numbers("character_start_times_seconds") ?? []
    let ends = try fields.numbers("character_end_times_seconds") ?? []
    characters = try fields.strings("characters") ?? []
    guard begins.count == characters.count, ends.count == characters.count else {
      throw FieldError(field: "alignment", expected: "as many times as characters")
    }
    starts = begins.map(milliseconds)
    durations = zip(starts, ends).map { max(0, milliseconds($1) - $0) }
    if characters.isEmpty { return nil }
  }

  /// Seconds of sound that no text is: a day.
  private static let longest = 86_400.0

  var isEmpty: Bool { characters.isEmpty }

  /// As it was sent.
  var text: String { characters.joined() }

  /// What stands between white space.
  var words: [WordTime] {
    var words: [WordTime] = []
    var offset = 0
    var isWithin = false
    for (index, character) in characters.enumerated() {
      let length = character.unicodeScalars.count
      defer { offset += length }
      guard !character.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
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
}
