/// One message of an ElevenLabs service, its base64 text not yet decoded.
///
/// Source: ElevenLabs notes, sections 7.4 and 8.3; the two spellings of a field are both in use.
struct ElevenLabsMessage {
  var context: String?
  /// nil when there is none, or none in it.
  var audio: String?
  var isFinal = false
  /// nil when there is none, or nothing in it.
  var alignment: CharacterTimes?
  var error: ServiceError?

  /// Whether there is anything in it that a client acts on.
  var means: Bool { audio != nil || isFinal || alignment != nil }

  init(_ fields: WireFields) throws {
    context = try fields.string("contextId") ?? fields.string("context_id")
    if fields.has("error") {
      error = fields.elevenLabsError()
      return
    }
    audio = try fields.string("audio").flatMap { $0.isEmpty ? nil : $0 }
    isFinal = try fields.boolean("isFinal") ?? fields.boolean("is_final") ?? false
    if let times = try fields.object("alignment") { alignment = try CharacterTimes(times) }
  }
}

/// When each character of a text chunk is spoken.
///
/// Source: ElevenLabs notes, section 7.8.
struct CharacterTimes: Equatable {
  /// One or more scalars each.
  private let characters: [String]
  /// Milliseconds from the chunk's first sample.
  private let starts: [Int]
  private let durations: [Int]

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
