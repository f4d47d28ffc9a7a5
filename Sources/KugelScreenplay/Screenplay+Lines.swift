import KugelText
import KugelWire

// The lines of a screenplay.
extension Screenplay {
  mutating func takeLine(_ source: String) throws(ScriptError) -> [Piece] {
    var cursor = ScriptCursor(source, line: number)
    guard let first = cursor.peek else { return [] }
    if first.isWhitespace {
      cursor.skipBlanks()
      if cursor.peek == nil { return [] }
      return try goOn(cursor.rest, at: cursor.column, in: source)
    }
    if first == "#" { return [] }
    let before = endSpeech()
    do {
      return before + (try begin(&cursor))
    } catch {
      return before + [.error(error)]
    }
  }

  private mutating func begin(_ cursor: inout ScriptCursor) throws(ScriptError) -> [Piece] {
    switch cursor.peek {
    case "@": return try directive(&cursor)
    case "[":
      lastSpeaker = nil
      return [.item(ScriptItem(try bracket(&cursor), line: number))]
    default: return try beginSpeech(&cursor)
    }
  }

  /// An indented line: text of whoever speaks, whatever it looks like.
  private mutating func goOn(
    _ text: String, at column: Int, in source: String
  ) throws(ScriptError) -> [Piece] {
    if speech != nil {
      if speech?.line.text.isEmpty == false { speech?.line.text += "\n" }
      speech?.line.text += text
      return []
    }
    guard var line = lastSpeaker else {
      throw error(
        "an indented line goes on with a speaker's, and there is none", at: column, in: source)
    }
    (line.text, line.offset, line.continues) = (text, nil, true)
    speech = Speech(line: line, number: number, column: column, source: source)
    return []
  }

  // MARK: NAME (NOTES) +(OFFSET): TEXT

  private mutating func beginSpeech(_ cursor: inout ScriptCursor) throws(ScriptError) -> [Piece] {
    lastSpeaker = nil
    let name = cursor.take { !":(+".contains($0) }.withoutOuterBlanks
    guard cursor.peek != nil, name.isSpeakerName else {
      throw error(
        "a line begins with NAME:, with @ or [ or #, or with a blank to go on with the text above",
        at: 1, in: cursor.source)
    }
    var line = ScriptLine(speaker: name, text: "")
    while true {
      cursor.skipBlanks()
      switch cursor.peek {
      case "(": try notes(&cursor, into: &line)
      case "+": line.offset = try offset(&cursor)
      case ":":
        cursor.advance()
        if options.castsUndeclared, declared[name] == nil, cursor.peek?.isWhitespace == false {
          throw error(
            "no voice is cast for \(name), as no blank follows its colon; "
              + "write @voice \(name) = VOICE above if it speaks", at: 1, in: cursor.source)
        }
        cursor.skipBlanks()
        line.text = cursor.rest.withoutOuterBlanks
        let declarations = try cast(name, at: 1, in: cursor.source)
        speech = Speech(line: line, number: number, column: 1, source: cursor.source)
        return declarations
      default: throw cursor.error("a colon is missing behind \(name)")
      }
    }
  }

  private func offset(_ cursor: inout ScriptCursor) throws(ScriptError) -> Duration {
    let column = cursor.column
    cursor.advance()
    guard cursor.peek == "(" else {
      throw cursor.error("an offset is written +(300ms) or +(-300ms)")
    }
    let (text, place) = try cursor.parenthesised()
    do throws(ScriptValueError) { return try Duration(script: text) } catch {
      throw self.error(
        "an offset takes \(error.expected)", at: text.isEmpty ? column : place, in: cursor.source)
    }
  }

  private func notes(
    _ cursor: inout ScriptCursor, into line: inout ScriptLine
  ) throws(ScriptError) {
    let (text, column) = try cursor.parenthesised()
    for item in text.items(from: column) {
      if try !set(item, on: &line.traits, in: cursor.source) { line.notes.append(item.text) }
    }
  }

  /// - Returns: whether it was a key with its value.
  private func set(
    _ item: ScriptCursor.Item, on traits: inout VoiceTraits, in source: String
  ) throws(ScriptError) -> Bool {
    let words = item.text.split(maxSplits: 1) { $0 == "=" || $0.isWhitespace }
    guard words.count == 2, let key = SettingKey(script: words[0]) else {
      return false
    }
    let value = String(words[1].drop { $0 == "=" || $0.isWhitespace }).withoutOuterBlanks
    do throws(ScriptValueError) { try traits.set(key, .text(value)) } catch {
      throw self.error("\(key.rawValue) takes \(error.expected)", at: item.column, in: source)
    }
    return true
  }

  // MARK: @ and [ ]

  private mutating func directive(_ cursor: inout ScriptCursor) throws(ScriptError) -> [Piece] {
    let word = cursor.take { !$0.isWhitespace && $0 != "=" }
    cursor.skipBlanks()
    switch word {
    case "@title":
      return [.item(ScriptItem(.title(cursor.rest.withoutOuterBlanks), line: number))]
    case "@gap":
      let gap = try duration(cursor.rest, "@gap", at: cursor.column, in: cursor.source)
      guard gap >= .zero else { throw cursor.error("a gap is not negative; +(-300ms) overlaps") }
      return [.item(ScriptItem(.gap(gap), line: number))]
    case "@voice":
      let column = cursor.column
      let voice = try declaration(&cursor)
      try declare(voice, at: column, in: cursor.source)
      return [.item(ScriptItem(.voice(voice), line: number))]
    default:
      let known = ["@title", "@voice", "@gap"]
      let meant = nearest(to: word, in: known, limit: 1).first
      let hint = meant.map { "did you mean \($0)?" } ?? "there are \(known.joined(separator: ", "))"
      throw error("nothing is called \(word); \(hint)", at: 1, in: cursor.source)
    }
  }

  private func declaration(_ cursor: inout ScriptCursor) throws(ScriptError) -> VoiceDeclaration {
    let column = cursor.column
    let name = cursor.take { $0 != "=" }.withoutOuterBlanks
    guard name.isSpeakerName else {
      throw error(
        "a name is letters and digits, as in @voice anna = 1072", at: column, in: cursor.source)
    }
    guard cursor.peek == "=" else {
      throw cursor.error("a voice is missing: @voice \(name) = VOICE")
    }
    cursor.advance()
    cursor.skipBlanks()
    let items = cursor.rest.items(from: cursor.column)
    guard let first = items.first else {
      throw cursor.error("a voice is missing: @voice \(name) = VOICE")
    }
    let choice = try choice(first.text, at: first.column, in: cursor.source)
    var voice = VoiceDeclaration(name: name, choice: choice)
    for item in items.dropFirst() where try !set(item, on: &voice.traits, in: cursor.source) {
      let known = SettingKey.ofScripts.map(\.rawValue).joined(separator: ", ")
      throw error(
        "a voice has no \(quoted(item.text)); it takes \(known), each with a value",
        at: item.column, in: cursor.source)
    }
    return voice
  }

  /// `1072`, `a name`, `espeak:en-gb`, `espeak:`.
  func choice(
    _ text: String, at column: Int, in source: String
  ) throws(ScriptError) -> VoiceDeclaration.Choice {
    guard let colon = text.firstIndex(of: ":") else {
      return .named(VoiceReference(text), engine: nil)
    }
    let engine = String(text[..<colon])
    let voice = String(text[text.index(after: colon)...]).withoutOuterBlanks
    guard options.engines.contains(engine) else {
      let known = options.engines.map { $0 + ":" }.joined(separator: ", ")
      throw error(
        "no engine is called \(quoted(engine)); there are \(known)", at: column, in: source)
    }
    return .named(voice.isEmpty ? nil : VoiceReference(voice), engine: engine)
  }

  private func bracket(_ cursor: inout ScriptCursor) throws(ScriptError) -> ScriptItem.Content {
    guard let end = cursor.rest.lastIndex(of: "]") else { throw cursor.error("a ] is missing") }
    let inside = String(cursor.rest[..<end].dropFirst())
    guard cursor.rest[end...].dropFirst().allSatisfy(\.isWhitespace) else {
      throw error(
        "[ ] stands alone on its line", at: cursor.column + inside.count + 2, in: cursor.source)
    }
    var words = ScriptCursor(inside, line: number)
    words.skipBlanks()
    let word = words.take { !$0.isWhitespace }
    words.skipBlanks()
    let (value, column) = (words.rest.withoutOuterBlanks, words.column + 1)
    guard ["pause", "mark", "sound"].contains(word) else {
      throw error(
        "nothing is called [\(word)]; there are [pause 600ms], [mark NAME] and [sound FILE]",
        at: cursor.column, in: cursor.source)
    }
    guard !value.isEmpty else {
      throw error("[\(word)] lacks a value", at: cursor.column, in: cursor.source)
    }
    switch word {
    case "pause":
      let pause = try duration(value, "a pause", at: column, in: cursor.source)
      guard pause >= .zero else {
        throw error("a pause is not negative; +(-300ms) overlaps", at: column, in: cursor.source)
      }
      return .pause(pause)
    case "mark": return .mark(value)
    default: return .sound(path: value)
    }
  }

  private func duration(
    _ text: String, _ what: String, at column: Int, in source: String
  ) throws(ScriptError) -> Duration {
    do throws(ScriptValueError) { return try Duration(script: text) } catch {
      throw self.error("\(what) takes \(error.expected)", at: column, in: source)
    }
  }
}

private func quoted(_ text: String) -> String { "\"\(text)\"" }
