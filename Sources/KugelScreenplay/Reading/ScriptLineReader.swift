import KugelText
import KugelWire

/// Reads one line of a screenplay by itself. What came before it is not known here.
struct ScriptLineReader {
  enum Form: Equatable {
    /// Blank, or a comment.
    case nothing
    /// Text of whoever speaks, whatever it looks like.
    case indented(String, column: Int)
    case directive, bracket, speech
  }

  enum Content {
    case item(ScriptItem.Content)
    case voice(VoiceDeclaration, column: Int)
    /// What somebody begins to say; `isSetApart`: a blank follows the colon, or nothing.
    case speech(ScriptLine, isSetApart: Bool)
  }

  let form: Form
  private let line: SourceLine
  private let engines: [String]

  /// - Parameter engines: what may stand before the colon of a voice.
  init(_ line: SourceLine, engines: [String]) {
    self.line = line
    self.engines = engines
    form = Self.form(of: line)
  }

  private static func form(of line: SourceLine) -> Form {
    var cursor = ScriptCursor(line)
    guard let first = cursor.peek else { return .nothing }
    if first.isWhitespace {
      cursor.skipBlanks()
      return cursor.peek == nil ? .nothing : .indented(cursor.rest, column: cursor.column)
    }
    switch first {
    case "#": return .nothing
    case "@": return .directive
    case "[": return .bracket
    default: return .speech
    }
  }

  /// What a directive, a bracket or the begin of a speech says.
  func content() throws(ScriptError) -> Content {
    var cursor = ScriptCursor(line)
    switch form {
    case .directive: return try directive(&cursor)
    case .bracket: return .item(try bracket(&cursor))
    case .speech, .nothing, .indented: return try speech(&cursor)
    }
  }

  // MARK: NAME (NOTES) +(OFFSET): TEXT

  private func speech(_ cursor: inout ScriptCursor) throws(ScriptError) -> Content {
    let name = cursor.take { !":(+".contains($0) }.withoutOuterBlanks
    guard cursor.peek != nil, name.isSpeakerName else {
      throw line.error(
        "a line begins with NAME:, with @ or [ or #, or with a blank to go on with the text above",
        at: 1)
    }
    var spoken = ScriptLine(speaker: name, text: "")
    while true {
      cursor.skipBlanks()
      switch cursor.peek {
      case "(": try notes(&cursor, into: &spoken)
      case "+": spoken.offset = try offset(&cursor)
      case ":":
        cursor.advance()
        let isSetApart = cursor.peek?.isWhitespace ?? true
        cursor.skipBlanks()
        spoken.text = cursor.rest.withoutOuterBlanks
        return .speech(spoken, isSetApart: isSetApart)
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
      throw line.error("an offset takes \(error.expected)", at: text.isEmpty ? column : place)
    }
  }

  private func notes(
    _ cursor: inout ScriptCursor, into spoken: inout ScriptLine
  ) throws(ScriptError) {
    let (text, column) = try cursor.parenthesised()
    for item in parts(text, from: column) {
      if try !set(item, on: &spoken.traits) { spoken.notes.append(item.text) }
    }
  }

  /// What stands between commas, where the numbers of a list belong together.
  private func parts(_ text: String, from column: Int) -> [ScriptCursor.Item] {
    text.items(from: column).reduce(into: []) { parts, item in
      if let last = parts.indices.last, item.text.allSatisfy(\.isNumber),
        let (key, _) = setting(in: parts[last]), case .integers = key.setting.kind
      {
        parts[last].text += "," + item.text
      } else {
        parts.append(item)
      }
    }
  }

  /// A key and its value, if it is that.
  private func setting(in item: ScriptCursor.Item) -> (SettingKey, SettingValue)? {
    let words = item.text.split(maxSplits: 1) { $0 == "=" || $0.isWhitespace }
    guard words.count == 2, let key = SettingKey(script: words[0]) else { return nil }
    return (
      key, .text(String(words[1].drop { $0 == "=" || $0.isWhitespace }).withoutOuterBlanks)
    )
  }

  /// - Returns: whether it was a key with its value.
  private func set(
    _ item: ScriptCursor.Item, on traits: inout VoiceTraits
  ) throws(ScriptError) -> Bool {
    guard let (key, value) = setting(in: item) else { return false }
    do throws(ScriptValueError) { try traits.set(key, value) } catch {
      throw line.error("\(key.rawValue) takes \(error.expected)", at: item.column)
    }
    return true
  }

  // MARK: @ and [ ]

  private func directive(_ cursor: inout ScriptCursor) throws(ScriptError) -> Content {
    let word = cursor.take { !$0.isWhitespace && $0 != "=" }
    cursor.skipBlanks()
    switch word {
    case "@title":
      return .item(.title(cursor.rest.withoutOuterBlanks))
    case "@gap":
      let gap = try duration(cursor.rest, "@gap", at: cursor.column)
      guard gap >= .zero else { throw cursor.error("a gap is not negative; +(-300ms) overlaps") }
      return .item(.gap(gap))
    case "@voice":
      let column = cursor.column
      return .voice(try declaration(&cursor), column: column)
    default:
      let known = ["@title", "@voice", "@gap"]
      let meant = nearest(to: word, in: known, limit: 1).first
      let hint = meant.map { "did you mean \($0)?" } ?? "there are \(known.joined(separator: ", "))"
      throw line.error("nothing is called \(word); \(hint)", at: 1)
    }
  }

  private func declaration(_ cursor: inout ScriptCursor) throws(ScriptError) -> VoiceDeclaration {
    let column = cursor.column
    let name = cursor.take { $0 != "=" }.withoutOuterBlanks
    guard name.isSpeakerName else {
      throw line.error("a name is letters and digits, as in @voice anna = 1072", at: column)
    }
    guard cursor.peek == "=" else {
      throw cursor.error("a voice is missing: @voice \(name) = VOICE")
    }
    cursor.advance()
    cursor.skipBlanks()
    let items = parts(cursor.rest, from: cursor.column)
    guard let first = items.first else {
      throw cursor.error("a voice is missing: @voice \(name) = VOICE")
    }
    guard let choice = VoiceDeclaration.Choice(first.text, engines: engines) else {
      let engine = String(first.text.prefix { $0 != ":" })
      let known = engines.map { $0 + ":" }.joined(separator: ", ")
      throw line.error(
        "no engine is called \(quoted(engine)); there are \(known)", at: first.column)
    }
    var voice = VoiceDeclaration(name: name, choice: choice)
    for item in items.dropFirst() where try !set(item, on: &voice.traits) {
      throw line.error("a voice has no \(quoted(item.text)); \(hint(for: item))", at: item.column)
    }
    return voice
  }

  private func hint(for item: ScriptCursor.Item) -> String {
    let word = String(item.text.prefix { $0 != "=" && !$0.isWhitespace })
    if let key = SettingKey(script: word) {
      return "\(key.rawValue) takes \(key.setting.kind.expected)"
    }
    let meant = nearest(to: word, in: SettingKey.ofScripts.map(\.rawValue), limit: 1).first
    return meant.map { "did you mean \($0)?" }
      ?? "it takes a key and its value, such as speed 1.1; kugel help settings names all keys"
  }

  private func bracket(_ cursor: inout ScriptCursor) throws(ScriptError) -> ScriptItem.Content {
    guard let end = cursor.rest.lastIndex(of: "]") else { throw cursor.error("a ] is missing") }
    let inside = String(cursor.rest[..<end].dropFirst())
    guard cursor.rest[end...].dropFirst().allSatisfy(\.isWhitespace) else {
      throw line.error("[ ] stands alone on its line", at: cursor.column + inside.count + 2)
    }
    var words = ScriptCursor(SourceLine(number: line.number, text: inside))
    words.skipBlanks()
    let word = words.take { !$0.isWhitespace }
    words.skipBlanks()
    let (value, column) = (words.rest.withoutOuterBlanks, words.column + 1)
    guard ["pause", "mark", "sound"].contains(word) else {
      throw line.error(
        "nothing is called [\(word)]; there are [pause 600ms], [mark NAME] and [sound FILE]",
        at: cursor.column)
    }
    guard !value.isEmpty else {
      throw line.error("[\(word)] lacks a value", at: cursor.column)
    }
    switch word {
    case "pause":
      let pause = try duration(value, "a pause", at: column)
      guard pause >= .zero else {
        throw line.error("a pause is not negative; +(-300ms) overlaps", at: column)
      }
      return .pause(pause)
    case "mark": return .mark(value)
    default: return .sound(path: value)
    }
  }

  private func duration(
    _ text: String, _ what: String, at column: Int
  ) throws(ScriptError) -> Duration {
    do throws(ScriptValueError) { return try Duration(script: text) } catch {
      throw line.error("\(what) takes \(error.expected)", at: column)
    }
  }
}

private func quoted(_ text: String) -> String { "\"\(text)\"" }
