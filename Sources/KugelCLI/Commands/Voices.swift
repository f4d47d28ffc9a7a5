import KugelJobs
import KugelText

/// `kugel voices`: who can speak.
package struct Voices: Command {
  package static let name = "voices"
  package static let summary = "List the voices of an engine."
  package static var flags: [Flag<Voices>] {
    EngineOptions.flags(liftedTo: \Voices.engine).map {
      $0.spec.heading == EngineOptions.heading ? $0.heading("Which") : $0
    } + [
      VoiceOptions.language(\Voices.language, help: "only voices for this language")
        .detail("`en` finds `en-gb` and `en-us` too.").heading("Which"),
      Flag.text("search", nil, "WORD", \.search, help: "only voices with WORD in name or language")
        .heading("Which"),
      Flag.onOff("json", nil, \.json, help: "print JSON instead of a table").heading("Form"),
    ]
  }

  package var engine = EngineOptions()
  package var language: String?
  package var search: String?
  package var json = false

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    let voices = try host.voices(of: engine, language: language).filter(isWanted)
    try host.print(json ? VoiceJSON.text(voices) : VoiceTable.text(voices, within: host.tableWidth))
    if voices.isEmpty { host.tell("kugel: \(reasonForNone)") }
    return .done
  }

  /// Why the table is empty.
  private var reasonForNone: String {
    let name = engine.chosen.rawValue
    switch (language, search) {
    case (nil, nil): return "the engine \(name) lists no voices"
    case (let language?, nil):
      return
        "the engine \(name) has no voice for the language \(language); all: kugel voices -e \(name)"
    case (nil, let word?):
      return "no voice of the engine \(name) has \(quoted(word)) in its name or languages; "
        + "all: kugel voices -e \(name)"
    case (let language?, let word?):
      return "the engine \(name) has no voice for the language \(language) with \(quoted(word)) "
        + "in its name or languages; all: kugel voices -e \(name)"
    }
  }

  func isWanted(_ voice: Voice) -> Bool {
    let languages = voice.languages.map { $0.lowercased() }
    if let tag = language?.lowercased(),
      !languages.contains(where: { $0 == tag || $0.hasPrefix(tag + "-") })
    {
      return false
    }
    guard let word = search?.lowercased() else { return true }
    return ([voice.name.lowercased()] + languages).contains { contains($0, word) }
  }
}

/// The standard library alone has no search for a text in a text.
private func contains(_ text: String, _ word: String) -> Bool {
  text.indices.contains { text[$0...].hasPrefix(word) }
}

/// Voices as programs read them: an array, one voice a line.
enum VoiceJSON {
  static func text(_ voices: [Voice]) -> String {
    guard !voices.isEmpty else { return "[]\n" }
    return "[\n" + voices.map { "  " + line($0) }.joined(separator: ",\n") + "\n]\n"
  }

  private static func line(_ voice: Voice) -> String {
    let id = voice.isCalledByHandle ? quote(voice.reference.description) : "\(voice.id)"
    let languages = voice.languages.map(quote).joined(separator: ",")
    let sex = voice.sex.map { quote($0.rawValue) } ?? "null"
    return
      "{\"id\":\(id),\"name\":\(quote(voice.name)),\"languages\":[\(languages)],\"sex\":\(sex)}"
  }

  /// RFC 8259, section 7.
  private static func quote(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\u{0}"..."\u{1F}":
        "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
