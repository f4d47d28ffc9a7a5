import KugelText

/// Voices as people read them.
package enum VoiceTable {
  package static func text(_ voices: [Voice], within width: Int? = nil) -> String {
    // A voice with more to tell is called by its word for it, and nobody knows the sex of such.
    if voices.contains(where: { $0.remark != nil }) {
      return Columns.text(
        [["VOICE", "LANGUAGES", "WHAT"]]
          + voices.map {
            [$0.handle ?? $0.name, $0.languages.joined(separator: " "), $0.remark ?? "-"]
          }, within: width)
    }
    return Columns.text(
      [[voices.contains(where: \.isCalledByHandle) ? "ID" : "NUMBER", "NAME", "LANGUAGES", "SEX"]]
        + voices.map {
          [
            $0.reference.description, $0.name, $0.languages.joined(separator: " "),
            $0.sex?.rawValue ?? "-",
          ]
        }, within: width)
  }
}

/// Voices as programs read them: an array, one voice a line.
package enum VoiceJSON {
  package static func text(_ voices: [Voice]) -> String {
    guard !voices.isEmpty else { return "[]\n" }
    return "[\n" + voices.map { "  " + line($0) }.joined(separator: ",\n") + "\n]\n"
  }

  private static func line(_ voice: Voice) -> String {
    let id = voice.isCalledByHandle ? quote(voice.reference.description) : "\(voice.id)"
    let languages = voice.languages.map(quote).joined(separator: ",")
    let sex = voice.sex.map { quote($0.rawValue) } ?? "null"
    let handle = voice.remark == nil ? "" : ",\"handle\":\(voice.handle.map(quote) ?? "null")"
    let remark = voice.remark.map { ",\"remark\":\(quote($0))" } ?? ""
    return
      "{\"id\":\(id),\"name\":\(quote(voice.name)),\"languages\":[\(languages)],\"sex\":\(sex)\(handle)\(remark)}"
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
