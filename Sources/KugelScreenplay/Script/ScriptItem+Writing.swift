import KugelWire

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
    settings.map { key, value in
      let text = value.text.isEmpty ? "none" : value.text
      return "\(key.rawValue) \(text)" + (key.setting.kind == .level ? "dB" : "")
    }.joined(separator: ", ")
  }
}

extension JSONWriter {
  fileprivate mutating func traits(_ traits: VoiceTraits) {
    for (key, value) in traits.settings { field(named: key.rawValue, value) }
  }
}
