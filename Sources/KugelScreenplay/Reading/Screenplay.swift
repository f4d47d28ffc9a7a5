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

  /// Scalars that one line may hold.
  private static let longestLine = 1_000_000

  private let options: Options
  private var form: Form?
  private var rest = ""
  /// What comes up to the line's end is of one that was too long.
  private var isSkipping = false
  /// Lines taken so far.
  private var number = 0
  private var names = ScriptNames()
  private var speech = OpenSpeech()

  package init(options: Options = Options()) { self.options = options }

  /// Whether `release` would give something.
  package var holdsSpeech: Bool { !speech.isEmpty }

  package mutating func append(_ text: String) -> [Piece] {
    rest += text
    var pieces: [Piece] = []
    var begin = rest.startIndex
    // By scalars: a CR before the LF would be one character with it.
    while let end = rest.unicodeScalars[begin...].firstIndex(of: "\n") {
      if isSkipping { isSkipping = false } else { pieces += take(String(rest[begin..<end])) }
      begin = rest.unicodeScalars.index(after: end)
    }
    rest = String(rest.unicodeScalars[begin...])
    if rest.utf8.count > Self.longestLine || isSkipping {
      if !isSkipping {
        number += 1
        let line = SourceLine(number: number, text: String(rest.prefix(80)))
        pieces.append(
          .error(line.error("the line is longer than \(Self.longestLine) bytes", at: 1)))
      }
      isSkipping = true
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

  private mutating func endSpeech() -> [Piece] { speech.end().map { [$0] } ?? [] }

  private mutating func take(_ raw: String) -> [Piece] {
    number += 1
    var text = raw
    if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
    if number == 1, text.unicodeScalars.first == "\u{FEFF}" {
      text.unicodeScalars.removeFirst()
    }
    if form == nil, let first = text.first(where: { !$0.isWhitespace }) {
      form = first == "{" ? .jsonLines : .screenplay
    }
    let line = SourceLine(number: number, text: text)
    do throws(ScriptError) {
      return form == .jsonLines ? try takeObject(line) : try takeLine(line)
    } catch {
      return [.error(error)]
    }
  }

  private mutating func takeObject(_ line: SourceLine) throws(ScriptError) -> [Piece] {
    guard line.text.contains(where: { !$0.isWhitespace }) else { return [] }
    let content = try ScriptObjectReader(line, engines: options.engines).content()
    var casting: [Piece] = []
    switch content {
    case .voice(let voice): try names.declare(voice, at: 1, in: line)
    case .line(let spoken): casting = try cast(spoken.speaker, in: line)
    case .title, .gap, .pause, .mark, .sound: break
    }
    return casting + [.item(ScriptItem(content, line: number))]
  }

  private mutating func takeLine(_ line: SourceLine) throws(ScriptError) -> [Piece] {
    let reader = ScriptLineReader(line, engines: options.engines)
    switch reader.form {
    case .nothing: return []
    case .indented(let text, let column):
      try speech.goOn(text, at: column, in: line)
      return []
    case .directive, .bracket, .speech:
      let before = endSpeech()
      do throws(ScriptError) {
        return before + (try begin(reader, in: line))
      } catch {
        return before + [.error(error)]
      }
    }
  }

  private mutating func begin(
    _ reader: ScriptLineReader, in line: SourceLine
  ) throws(ScriptError) -> [Piece] {
    // Between a speaker's lines there may be directives.
    if reader.form != .directive { speech.forgetSpeaker() }
    switch try reader.content() {
    case .item(let content): return [.item(ScriptItem(content, line: number))]
    case .voice(let voice, let column):
      try names.declare(voice, at: column, in: line)
      return [.item(ScriptItem(.voice(voice), line: number))]
    case .speech(let spoken, let isSetApart):
      let name = spoken.speaker
      if options.castsUndeclared, !names.contains(name), !isSetApart {
        throw line.error(
          "no voice is cast for \(name), as no blank follows its colon; "
            + "write @voice \(name) = VOICE above if it speaks", at: 1)
      }
      let casting = try cast(name, in: line)
      speech.begin(spoken, at: line)
      return casting
    }
  }

  private mutating func cast(_ name: String, in line: SourceLine) throws(ScriptError) -> [Piece] {
    try names.cast(name, in: line, castsUndeclared: options.castsUndeclared)
      .map { [.item(ScriptItem(.voice($0), line: number))] } ?? []
  }
}
