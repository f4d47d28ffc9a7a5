import KugelText

extension CharacterTimes {
  /// nil without characters.
  init?(_ fields: WireFields) throws {
    let characters = try fields.strings("chars") ?? []
    let starts =
      try fields.integers("charStartTimesMs") ?? fields.integers("charsStartTimesMs") ?? []
    let durations =
      try fields.integers("charDurationsMs") ?? fields.integers("charsDurationsMs") ?? []
    guard starts.count == characters.count, durations.count == characters.count else {
      throw FieldError(field: "alignment", expected: "as many times as characters")
    }
    if characters.isEmpty { return nil }
    self.init(characters: characters, starts: starts, durations: durations)
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
    let characters = try fields.strings("characters") ?? []
    guard begins.count == characters.count, ends.count == characters.count else {
      throw FieldError(field: "alignment", expected: "as many times as characters")
    }
    if characters.isEmpty { return nil }
    let starts = begins.map(milliseconds)
    self.init(
      characters: characters, starts: starts,
      durations: zip(starts, ends).map { max(0, milliseconds($1) - $0) })
  }

  /// Seconds of sound that no text is: a day.
  private static let longest = 86_400.0
}
