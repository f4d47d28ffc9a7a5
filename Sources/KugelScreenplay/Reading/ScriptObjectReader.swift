import KugelWire

/// Reads one line of a script of JSON lines: one object for each item.
///
///   {"title":"The visit"}
///   {"cast":"anna","voice":"espeak:en-gb","speed":1.05,"lang":"de"}
///   {"gap":"250ms"}
///   {"voice":"anna","text":"Oh!","at":"-300ms","volume":-6,"notes":["softly"]}
///   {"pause":"600ms"}   {"mark":"door"}   {"sound":"door.wav"}
struct ScriptObjectReader {
  private let line: SourceLine
  private let engines: [String]

  /// - Parameter engines: what may stand before the colon of a voice.
  init(_ line: SourceLine, engines: [String]) {
    self.line = line
    self.engines = engines
  }

  func content() throws(ScriptError) -> ScriptItem.Content {
    do {
      return try unsafe Array(line.text.utf8).withUnsafeBufferPointer { text in
        try unsafe withWireObject(text) { try content(of: $0) }
      }
    } catch let problem as FieldError {
      throw line.error(
        "\(problem.field) must be \(problem.expected)", at: column(of: problem.field))
    } catch WireSyntaxError.notObject {
      throw line.error("a line must be a JSON object", at: 1)
    } catch {
      throw line.error("the line is not JSON", at: 1)
    }
  }

  private func column(of field: String) -> Int {
    let (text, wanted) = (Array(line.text), Array("\"\(field)\""))
    guard text.count >= wanted.count else { return 1 }
    let place = (0...(text.count - wanted.count)).first { start in
      text[start..<(start + wanted.count)].elementsEqual(wanted)
    }
    return (place ?? 0) + 1
  }

  private func content(of fields: WireFields) throws(FieldError) -> ScriptItem.Content {
    if let title = try fields.string("title") { return .title(title) }
    if let name = try fields.string("cast") { return .voice(try declaration(of: name, fields)) }
    if let gap = try duration("gap", of: fields, allowsNegative: false) { return .gap(gap) }
    if let pause = try duration("pause", of: fields, allowsNegative: false) { return .pause(pause) }
    if let mark = try fields.string("mark") { return .mark(mark) }
    if let path = try fields.string("sound") { return .sound(path: path) }
    guard let speaker = try fields.string("voice") else {
      throw FieldError(
        field: "a line's voice", expected: "there, or title, cast, gap, pause, mark or sound")
    }
    guard let text = try fields.string("text"), text.contains(where: { !$0.isWhitespace }) else {
      throw FieldError(field: "text", expected: "words to speak")
    }
    var line = ScriptLine(
      speaker: speaker, text: text, offset: try duration("at", of: fields, allowsNegative: true))
    line.traits = try traits(of: fields)
    line.notes = try fields.strings("notes") ?? []
    line.continues = try fields.flag("continues")
    return .line(line)
  }

  private func declaration(
    of name: String, _ fields: WireFields
  ) throws(FieldError) -> VoiceDeclaration {
    guard name.isSpeakerName else {
      throw FieldError(field: "cast", expected: "letters and digits")
    }
    var choice = VoiceDeclaration.Choice.automatic
    if let number = try? fields.integer("voice") {
      choice = .named(.id(number), engine: nil)
    } else if let text = try fields.string("voice") {
      guard let known = VoiceDeclaration.Choice(text, engines: engines) else {
        throw FieldError(
          field: "voice", expected: "a voice; before a colon " + engines.joined(separator: " or "))
      }
      choice = known
    }
    return VoiceDeclaration(name: name, choice: choice, traits: try traits(of: fields))
  }

  private func traits(of fields: WireFields) throws(FieldError) -> VoiceTraits {
    var traits = VoiceTraits()
    for key in SettingKey.ofScripts where fields.has(key.rawValue) {
      do throws(ScriptValueError) { try traits.set(key, fields.setting(key.rawValue)) } catch {
        throw FieldError(field: key.rawValue, expected: error.expected)
      }
    }
    return traits
  }

  private func duration(
    _ name: String, of fields: WireFields, allowsNegative: Bool
  ) throws(FieldError) -> Duration? {
    guard let text = try fields.string(name) else { return nil }
    guard let value = try? Duration(script: text), allowsNegative || value >= .zero else {
      throw FieldError(field: name, expected: Measures.timeForm + ", at most 1h")
    }
    return value
  }
}

extension WireFields {
  /// Whatever it is; an empty text when it is no setting.
  fileprivate func setting(_ name: String) -> SettingValue {
    if let number = (try? number(name)) ?? nil { return .number(number) }
    if let flag = (try? boolean(name)) ?? nil { return .flag(flag) }
    if let numbers = (try? integers(name)) ?? nil { return .numbers(numbers) }
    return .text(((try? string(name)) ?? nil) ?? "")
  }
}
