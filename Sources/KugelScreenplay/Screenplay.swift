import KugelText

/// Reads a script as it grows: a screenplay, or the same as JSON lines.
///
/// A screenplay's line goes on with the indented lines below it, so it is complete when the next one
/// begins; `release` says that none came for a while. A script whose first sign is `{` is JSON lines.
///
/// Pure; after an error it goes on with the next line, so that a check can name them all.
package struct Screenplay: Sendable {
  package enum Piece: Equatable, Sendable {
    case item(ScriptItem)
    case error(ScriptError)
  }

  package struct Options: Equatable, Sendable {
    /// What may stand before the colon of a voice.
    package var engines: [String] = []
    /// A name that nobody declared gets a voice.
    package var castsUndeclared = false

    package init() {}
  }

  private enum Form { case screenplay, jsonLines }

  /// A speech whose end is not known yet.
  struct Speech: Equatable {
    var line: ScriptLine
    /// Where its name stands.
    var number: Int
    var column: Int
    var source: String
  }

  /// Scalars that one line may hold.
  static let longestLine = 1_000_000

  let options: Options
  private var form: Form?
  private var rest = ""
  var number = 0
  /// Names and where they were declared.
  var declared: [String: Int] = [:]
  var speech: Speech?
  /// Who goes on when an indented line comes after all.
  var lastSpeaker: ScriptLine?

  package init(options: Options = Options()) { self.options = options }

  /// Whether `release` would give something.
  package var holdsSpeech: Bool { speech != nil }

  package mutating func append(_ text: String) -> [Piece] {
    rest += text
    var pieces: [Piece] = []
    var begin = rest.startIndex
    // By scalars: a CR before the LF would be one character with it.
    while let end = rest.unicodeScalars[begin...].firstIndex(of: "\n") {
      pieces += take(String(rest[begin..<end]))
      begin = rest.unicodeScalars.index(after: end)
    }
    rest = String(rest.unicodeScalars[begin...])
    if rest.utf8.count > Self.longestLine {
      pieces.append(.error(error("the line is too long", at: 1, in: String(rest.prefix(80)))))
      rest = ""
    }
    return pieces
  }

  /// Nothing came for a while: the speech before it stands as it is. What still goes on with it is
  /// spoken behind it.
  package mutating func release() -> [Piece] { endSpeech() }

  package mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    if !rest.isEmpty { pieces += take(rest) }
    rest = ""
    return pieces + endSpeech()
  }

  private mutating func take(_ raw: String) -> [Piece] {
    number += 1
    var source = raw
    if source.unicodeScalars.last == "\r" { source.unicodeScalars.removeLast() }
    if number == 1, source.unicodeScalars.first == "\u{FEFF}" {
      source.unicodeScalars.removeFirst()
    }
    if form == nil, let first = source.first(where: { !$0.isWhitespace }) {
      form = first == "{" ? .jsonLines : .screenplay
    }
    do throws(ScriptError) {
      return form == .jsonLines ? try takeJSON(source) : try takeLine(source)
    } catch {
      return [.error(error)]
    }
  }

  private mutating func takeJSON(_ source: String) throws(ScriptError) -> [Piece] {
    guard source.contains(where: { !$0.isWhitespace }) else { return [] }
    let content = try jsonContent(of: source)
    switch content {
    case .voice(let voice):
      try declare(voice, at: 1, in: source)
      return [.item(ScriptItem(content, line: number))]
    case .line(let line):
      return try cast(line.speaker, at: 1, in: source) + [.item(ScriptItem(content, line: number))]
    case .title, .gap, .pause, .mark, .sound: return [.item(ScriptItem(content, line: number))]
    }
  }

  // MARK: What both forms need

  mutating func declare(
    _ voice: VoiceDeclaration, at column: Int, in source: String
  ) throws(ScriptError) {
    if let earlier = declared[voice.name] {
      throw error("\(voice.name) has a voice already, from line \(earlier)", at: column, in: source)
    }
    declared[voice.name] = number
  }

  /// - Returns: the declaration of a voice that nobody declared.
  mutating func cast(
    _ name: String, at column: Int, in source: String
  ) throws(ScriptError) -> [Piece] {
    if declared[name] != nil { return [] }
    guard options.castsUndeclared else {
      let meant = nearest(to: name, in: declared.keys.sorted(), limit: 1).first
      let hint = meant.map { "; did you mean \($0)?" } ?? "; write @voice \(name) = VOICE above"
      throw error("there is no voice for \(name)" + hint, at: column, in: source)
    }
    guard name.looksLikeSpeaker else {
      throw error(
        "\(name) does not look like a speaker: one word with a letter, or up to three with capitals; "
          + "write @voice \(name) = VOICE above if it is", at: column, in: source)
    }
    let voice = VoiceDeclaration(name: name, choice: .automatic)
    try declare(voice, at: column, in: source)
    return [.item(ScriptItem(.voice(voice), line: number))]
  }

  mutating func endSpeech() -> [Piece] {
    guard let speech else { return [] }
    self.speech = nil
    guard speech.line.text.contains(where: { !$0.isWhitespace }) else {
      return [
        .error(
          ScriptError(
            line: speech.number, column: speech.column,
            message: "\(speech.line.speaker) says nothing",
            source: speech.source))
      ]
    }
    lastSpeaker = speech.line
    return [.item(ScriptItem(.line(speech.line), line: speech.number))]
  }

  func error(_ message: String, at column: Int, in source: String) -> ScriptError {
    ScriptError(line: number, column: column, message: message, source: source)
  }
}

extension String {
  /// Whether somebody who declared nothing may have meant a speaker: `anna`, `Mrs Smith`, `ROBOT 2`; not
  /// `10`, and not the beginning of a sentence.
  var looksLikeSpeaker: Bool {
    let words = split(whereSeparator: \.isWhitespace)
    guard contains(where: \.isLetter), (1...3).contains(words.count) else { return false }
    return words.count == 1
      || words.allSatisfy { $0.first?.isUppercase == true || $0.first?.isNumber == true }
  }
}
