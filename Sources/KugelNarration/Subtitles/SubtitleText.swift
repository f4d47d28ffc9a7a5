import KugelText
import KugelWire

/// Subtitles as text, piece by piece, so that they can be written while they are made.
package struct SubtitleText: Sendable {
  package let kind: SubtitleKind
  private var count = 0
  private let title: String?
  private var speakers: [String] = []

  package init(_ kind: SubtitleKind, title: String? = nil) {
    self.kind = kind
    self.title = title
  }

  /// What comes before the first cue.
  ///
  /// - Parameter speakers: who has cues, where there are several and they are known.
  package func head(speakers: [String] = []) -> String {
    switch kind {
    case .srt: return ""
    case .vtt: return "WEBVTT\n\n"
    case .lrc: return title.map { "[ti:\(Self.oneLine($0))]\n" } ?? ""
    case .json: return "{\"version\":1,\"cues\":["
    case .ass: return assHead(speakers)
    }
  }

  package mutating func next(_ cue: Cue) -> String {
    count += 1
    switch kind {
    case .srt:
      return "\(count)\n\(Self.clock(cue.from, ",")) --> \(Self.clock(cue.to, ","))\n"
        + Self.blankless(cue.lines).map(Self.literal).joined(separator: "\n") + "\n\n"
    case .vtt:
      let text = Self.blankless(cue.lines).map(Self.escaped).joined(separator: "\n")
      let voice = cue.speaker.map { "<v \(Self.escaped(Self.oneLine($0)))>" } ?? ""
      return "\(Self.clock(cue.from, ".")) --> \(Self.clock(cue.to, "."))\n\(voice)\(text)\n\n"
    case .ass:
      let text = cue.lines.map(Self.assText).joined(separator: "\\N")
      let name = cue.speaker.map(Self.assName)
      return "Dialogue: 0,\(Self.assClock(cue.from)),\(Self.assClock(cue.to)),\(name ?? "Default"),"
        + "\(name ?? ""),0,0,0,,\(text)\n"
    case .lrc: return "[\(Self.lyricClock(cue.from))]\(cue.text)\n"
    case .json: return (count > 1 ? ",\n" : "\n") + json(cue)
    }
  }

  /// What comes behind the last cue.
  package var tail: String { kind == .json ? "\n]}\n" : "" }

  /// The whole of it.
  package static func text(
    _ kind: SubtitleKind, _ cues: [Cue], title: String? = nil
  ) -> String {
    var writer = SubtitleText(kind, title: title)
    var speakers: [String] = []
    for case let speaker? in cues.map(\.speaker) where !speakers.contains(speaker) {
      speakers.append(speaker)
    }
    var text = writer.head(speakers: speakers)
    for cue in cues { text += writer.next(cue) }
    return text + writer.tail
  }

  // MARK: - Times

  private static func milliseconds(_ seconds: Double) -> Int {
    max(0, Int((seconds * 1000 + 1e-6).rounded(.down)))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  static func clock(_ seconds: Double, _ stop: String) -> String {
    let time = milliseconds(seconds)
    let rest = time % 1000
    let three = String(repeating: "0", count: 3 - "\(rest)".count) + "\(rest)"
    return
      "\(two(time / 3_600_000)):\(two(time / 60_000 % 60)):\(two(time / 1000 % 60))\(stop)\(three)"
  }

  static func assClock(_ seconds: Double) -> String {
    let time = milliseconds(seconds) / 10
    return "\(time / 360_000):\(two(time / 6000 % 60)):\(two(time / 100 % 60)).\(two(time % 100))"
  }

  static func lyricClock(_ seconds: Double) -> String {
    let time = milliseconds(seconds) / 10
    return "\(two(time / 6000)):\(two(time / 100 % 60)).\(two(time % 100))"
  }

  // MARK: - Text

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// An empty line would end the cue.
  private static func blankless(_ lines: [String]) -> [String] {
    lines.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// For readers of SubRip, which knows no escapes: what they would take for a tag, a command or a cue's times
  /// and hide is parted by a sign that nobody sees.
  private static func literal(_ line: String) -> String {
    let scalars = Array(line.unicodeScalars)
    var text = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      text.append(scalar)
      if isCommand(scalars[index...]) { text.append("\u{2060}") }
    }
    return String(text).replacing("-->", with: "--\u{2060}>")
  }

  private static func isCommand(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let after = rest.dropFirst()
    switch rest.first {
    case "<":
      let name = after.first == "/" ? after.dropFirst() : after
      return name.first.map { $0.properties.isAlphabetic } ?? false
    // `{\an8}`, and of MicroDVD `{y:i}`.
    case "{": return after.first == "\\" || after.dropFirst().first == ":"
    default: return false
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Braces and backslashes are commands there.
  private static func assText(_ text: String) -> String {
    text.replacing("\\", with: "\\\u{2060}").replacing("{", with: "\\{").replacing("}", with: "\\}")
  }

  private static func assName(_ name: String) -> String {
    String(oneLine(name).map { $0 == "," || $0 == "*" ? "_" : $0 })
  }

  private func assHead(_ speakers: [String]) -> String {
    let colours = ["00FFFFFF", "0000FFFF", "00FFFF00", "0080FF80", "00FF80FF", "0080C0FF"]
    let styles = ["Default"] + speakers.map(Self.assName)
    return """
      [Script Info]
      Title: \(Self.oneLine(title ?? "kugel"))
      ScriptType: v4.00+
      WrapStyle: 2
      PlayResX: 1280
      PlayResY: 720

      [V4+ Styles]
      Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
      Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
      Alignment, MarginL, MarginR, MarginV, Encoding

      """
        + styles.enumerated().map { index, name in
          "Style: \(name),Sans,48,&H\(colours[index % colours.count]),&H000000FF,&H00000000,&H64000000,"
            + "0,0,0,0,100,100,0,0,1,2,1,2,40,40,40,1\n"
        }.joined() + """

          [Events]
          Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

          """
  }

  private func json(_ cue: Cue) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("from", cue.from.rounded(toPlaces: 6))
      writer.field("to", cue.to.rounded(toPlaces: 6))
      writer.field("text", cue.text)
      writer.field("lines", cue.lines)
      writer.field("speaker", cue.speaker)
      writer.field("estimated", cue.isEstimated ? true : nil)
      writer.array("words", cue.words) { writer, word in
        writer.object { writer in
          writer.field("word", word.text)
          writer.field("from", word.from.rounded(toPlaces: 6))
          writer.field("to", word.to.rounded(toPlaces: 6))
        }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
