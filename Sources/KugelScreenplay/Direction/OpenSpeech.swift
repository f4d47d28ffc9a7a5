/// The speech whose end is not known yet, and who goes on when an indented line comes after all.
struct OpenSpeech {
  private struct Speech {
    var line: ScriptLine
    /// Where its name stands.
    var place: SourceLine
    var column: Int
  }

  private var speech: Speech?
  private var lastSpeaker: ScriptLine?

  var isEmpty: Bool { speech == nil }

  mutating func begin(_ line: ScriptLine, at place: SourceLine) {
    speech = Speech(line: line, place: place, column: 1)
  }

  /// An indented line: text of whoever speaks, whatever it looks like.
  mutating func goOn(_ text: String, at column: Int, in place: SourceLine) throws(ScriptError) {
    if var speech {
      speech.line.text += (speech.line.text.isEmpty ? "" : "\n") + text
      self.speech = speech
      return
    }
    guard var line = lastSpeaker else {
      throw place.error(
        "an indented line goes on with a speaker's, and there is none", at: column)
    }
    (line.text, line.offset, line.continues) = (text, nil, true)
    speech = Speech(line: line, place: place, column: column)
  }

  /// The speech, complete; nil when there is none.
  mutating func end() -> Screenplay.Piece? {
    guard let speech else { return nil }
    self.speech = nil
    guard speech.line.text.contains(where: { !$0.isWhitespace }) else {
      return .error(
        speech.place.error("\(speech.line.speaker) says nothing", at: speech.column))
    }
    lastSpeaker = speech.line
    return .item(ScriptItem(.line(speech.line), line: speech.place.number))
  }

  /// Nobody can go on from here.
  mutating func forgetSpeaker() { lastSpeaker = nil }
}
