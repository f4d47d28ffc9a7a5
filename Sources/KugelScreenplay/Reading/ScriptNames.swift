import KugelText

/// The names that speak in a script, and where each got its voice.
struct ScriptNames {
  private var lines: [String: Int] = [:]

  func contains(_ name: String) -> Bool { lines[name] != nil }

  mutating func declare(
    _ voice: VoiceDeclaration, at column: Int, in line: SourceLine
  ) throws(ScriptError) {
    if let earlier = lines[voice.name] {
      throw line.error("\(voice.name) has a voice already, from line \(earlier)", at: column)
    }
    lines[voice.name] = line.number
  }

  /// - Parameter castsUndeclared: whether a name that nobody declared gets a voice.
  /// - Returns: the declaration of a voice that nobody declared.
  mutating func cast(
    _ name: String, in line: SourceLine, castsUndeclared: Bool
  ) throws(ScriptError) -> VoiceDeclaration? {
    if contains(name) { return nil }
    guard castsUndeclared else {
      let meant = nearest(to: name, in: lines.keys.sorted(), limit: 1).first
      let hint = meant.map { "; did you mean \($0)?" } ?? "; write @voice \(name) = VOICE above"
      throw line.error("there is no voice for \(name)" + hint, at: 1)
    }
    guard name.looksLikeSpeaker else {
      throw line.error(
        "\(name) does not look like a speaker: one word with a letter, or up to three with capitals; "
          + "write @voice \(name) = VOICE above if it is", at: 1)
    }
    lines[name] = line.number
    return VoiceDeclaration(name: name, choice: .automatic)
  }
}

extension String {
  /// Whether somebody who declared nothing may have meant a speaker: `anna`, `Mrs Smith`, `ROBOT 2`; not
  /// `10`, and not the beginning of a sentence.
  fileprivate var looksLikeSpeaker: Bool {
    // What begins an address.
    if ["http", "https", "ftp", "file", "mailto", "tel", "sms"].contains(lowercased()) {
      return false
    }
    let words = split(whereSeparator: \.isWhitespace)
    guard contains(where: \.isLetter), (1...3).contains(words.count) else { return false }
    return words.count == 1
      || words.allSatisfy { $0.first?.isUppercase == true || $0.first?.isNumber == true }
  }
}
