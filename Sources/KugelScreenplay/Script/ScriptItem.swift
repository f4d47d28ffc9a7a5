import KugelText

/// One thing that a script says, with the line it stands on (from 1).
package struct ScriptItem: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case title(String)
    case voice(VoiceDeclaration)
    /// Silence between lines from here on.
    case gap(Duration)
    case line(ScriptLine)
    /// Silence in place of the gap.
    case pause(Duration)
    case mark(String)
    /// A sound file, in the place of a line.
    case sound(path: String)
  }

  package var content: Content
  package var line: Int

  package init(_ content: Content, line: Int) {
    self.content = content
    self.line = line
  }
}

/// Who speaks when a script writes `name:`.
package struct VoiceDeclaration: Equatable, Sendable {
  package enum Choice: Equatable, Sendable {
    /// nil leaves the engine, or the engine's voice, to whoever speaks.
    case named(VoiceReference?, engine: String?)
    /// Nobody declared it; a voice is to be found.
    case automatic
  }

  package var name: String
  package var choice: Choice
  package var traits: VoiceTraits

  package init(name: String, choice: Choice, traits: VoiceTraits = VoiceTraits()) {
    self.name = name
    self.choice = choice
    self.traits = traits
  }
}

/// Something that a speaker says.
package struct ScriptLine: Equatable, Sendable {
  /// As it was declared.
  package var speaker: String
  package var text: String
  /// Where it begins, from the end of what comes before it; negative overlaps. nil: after the gap.
  package var offset: Duration?
  package var traits = VoiceTraits()
  /// What stood in parentheses and is not spoken.
  package var notes: [String] = []
  /// It goes on with the speaker's line before it, without a gap.
  package var continues = false

  package init(speaker: String, text: String, offset: Duration? = nil) {
    self.speaker = speaker
    self.text = text
    self.offset = offset
  }
}
