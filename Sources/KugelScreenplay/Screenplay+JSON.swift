import KugelWire

// The script as JSON lines: one object for each item.
//
//   {"title":"The visit"}
//   {"cast":"anna","voice":"espeak:en-gb","speed":1.05,"lang":"de"}
//   {"gap":"250ms"}
//   {"voice":"anna","text":"Oh!","at":"-300ms","volume":-6,"notes":["softly"]}
//   {"pause":"600ms"}   {"mark":"door"}   {"sound":"door.wav"}
extension Screenplay {
  func jsonContent(of source: String) throws(ScriptError) -> ScriptItem.Content {
    let reader = JSONItemReader(engines: options.engines)
    do {
      return try unsafe Array(source.utf8).withUnsafeBufferPointer { text in
        try unsafe withWireObject(text) { try reader.content(of: $0) }
      }
    } catch let problem as FieldError {
      throw error(
        "\(problem.field) must be \(problem.expected)", at: column(of: problem.field, in: source),
        in: source)
    } catch WireSyntaxError.notObject {
      throw error("a line must be a JSON object", at: 1, in: source)
    } catch {
      throw self.error("the line is not JSON", at: 1, in: source)
    }
  }

  private func column(of field: String, in source: String) -> Int {
    let (text, wanted) = (Array(source), Array("\"\(field)\""))
    guard text.count >= wanted.count else { return 1 }
    let place = (0...(text.count - wanted.count)).first { start in
      text[start..<(start + wanted.count)].elementsEqual(wanted)
    }
    return (place ?? 0) + 1
  }
}

private struct JSONItemReader {
  let engines: [String]

  func content(of fields: WireFields) throws(FieldError) -> ScriptItem.Content {
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
      do throws(ScriptError) {
        var options = Screenplay.Options()
        options.engines = engines
        choice = try Screenplay(options: options).choice(text, at: 1, in: text)
      } catch {
        throw FieldError(
          field: "voice", expected: "a voice; before a colon " + engines.joined(separator: " or "))
      }
    }
    return VoiceDeclaration(name: name, choice: choice, traits: try traits(of: fields))
  }

  private func traits(of fields: WireFields) throws(FieldError) -> VoiceTraits {
    var traits = VoiceTraits()
    for key in SettingKey.ofScripts where fields.has(key.rawValue) {
      let number = try? fields.number(key.rawValue)
      let value =
        number.map { SettingValue.number($0) }
        ?? .text((try? fields.string(key.rawValue)).flatMap { $0 } ?? "")
      do throws(ScriptValueError) { try traits.set(key, value) } catch {
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

extension ScriptItem {
  /// One line of the JSON form, without the line's end.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      switch content {
      case .title(let title): writer.field("title", title)
      case .gap(let gap): writer.field("gap", gap.asWritten)
      case .pause(let pause): writer.field("pause", pause.asWritten)
      case .mark(let name): writer.field("mark", name)
      case .sound(let path): writer.field("sound", path)
      case .voice(let voice):
        writer.field("cast", voice.name)
        if case .named = voice.choice { writer.field("voice", voice.choice.script) }
        writer.traits(voice.traits)
      case .line(let line):
        writer.field("voice", line.speaker)
        writer.field("text", line.text)
        writer.field("at", line.offset?.asWritten)
        writer.traits(line.traits)
        if !line.notes.isEmpty { writer.field("notes", line.notes) }
        if line.continues { writer.field("continues", true) }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension VoiceDeclaration.Choice {
  /// As a script writes it.
  package var script: String {
    switch self {
    case .automatic: ""
    case .named(let voice, let engine):
      (engine.map { $0 + ":" } ?? "") + (voice?.description ?? "")
    }
  }
}

extension VoiceDeclaration {
  /// As a screenplay writes it.
  package var script: String {
    let traits = traits.script
    return "@voice \(name) = \(choice.script)" + (traits.isEmpty ? "" : ", \(traits)")
  }
}

extension VoiceTraits {
  /// As a screenplay writes it, between commas.
  package var script: String {
    [
      speed.map { "speed \($0)" }, rate.map { "rate \($0)" }, pitch.map { "pitch \($0)" },
      volume.map { "volume \($0)dB" }, language.map { "lang \($0)" }, pan.map { "pan \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension JSONWriter {
  fileprivate mutating func traits(_ traits: VoiceTraits) {
    field("speed", traits.speed)
    field("rate", traits.rate)
    field("pitch", traits.pitch)
    field("volume", traits.volume)
    field("lang", traits.language)
    field("pan", traits.pan)
  }
}
