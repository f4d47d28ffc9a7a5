import Testing

@testable import KugelScreenplay

let visit = """
  # comment
  @title The visit
  @voice narrator = 1071
  @voice anna     = 1072, speed 1.05, lang de
  @voice bob      = espeak:en-gb, pitch 40
  @gap 250ms

  narrator: The door opened.
  anna: Hello? Is anybody there?
        I brought the keys.
  [pause 600ms]
  bob (softly, volume -6dB): In here.
  anna +(-300ms): Oh!
  [mark end of scene]
  [sound door slam.wav]
  narrator: She laughed.

  """

private func read(_ text: String, casting: Bool = false) -> [Screenplay.Piece] {
  var options = Screenplay.Options()
  options.engines = ["espeak", "tone"]
  options.castsUndeclared = casting
  var play = Screenplay(options: options)
  return play.append(text) + play.finish()
}

private func items(_ text: String, casting: Bool = false) -> [ScriptItem] {
  read(text, casting: casting).compactMap { if case .item(let item) = $0 { item } else { nil } }
}

private func errors(_ text: String) -> [ScriptError] {
  read(text).compactMap { if case .error(let error) = $0 { error } else { nil } }
}

private func lines(_ text: String) -> [ScriptLine] {
  items(text).compactMap { if case .line(let line) = $0.content { line } else { nil } }
}

@Suite struct ScreenplayTests {
  @Test func `the example means what it says`() {
    var anna = VoiceTraits()
    (anna[.speed], anna[.lang]) = (.number(1.05), .text("de"))
    var bob = VoiceTraits()
    bob[.pitch] = .number(40)
    var whisper = ScriptLine(speaker: "bob", text: "In here.")
    whisper.traits[.volume] = .number(-6)
    whisper.notes = ["softly"]
    #expect(
      items(visit) == [
        ScriptItem(.title("The visit"), line: 2),
        ScriptItem(
          .voice(VoiceDeclaration(name: "narrator", choice: .named(.id(1071), engine: nil))),
          line: 3),
        ScriptItem(
          .voice(
            VoiceDeclaration(name: "anna", choice: .named(.id(1072), engine: nil), traits: anna)),
          line: 4),
        ScriptItem(
          .voice(
            VoiceDeclaration(
              name: "bob", choice: .named(.handle("en-gb"), engine: "espeak"), traits: bob)),
          line: 5),
        ScriptItem(.gap(.milliseconds(250)), line: 6),
        ScriptItem(.line(ScriptLine(speaker: "narrator", text: "The door opened.")), line: 8),
        ScriptItem(
          .line(
            ScriptLine(speaker: "anna", text: "Hello? Is anybody there?\nI brought the keys.")),
          line: 9),
        ScriptItem(.pause(.milliseconds(600)), line: 11),
        ScriptItem(.line(whisper), line: 12),
        ScriptItem(
          .line(ScriptLine(speaker: "anna", text: "Oh!", offset: .milliseconds(-300))), line: 13),
        ScriptItem(.mark("end of scene"), line: 14),
        ScriptItem(.sound(path: "door slam.wav"), line: 15),
        ScriptItem(.line(ScriptLine(speaker: "narrator", text: "She laughed.")), line: 16),
      ])
  }

  @Test func `it does not matter how the text arrives`() {
    let whole = read(visit)
    for size in [1, 2, 3, 7, 64] {
      var play = Screenplay(
        options: {
          var o = Screenplay.Options()
          o.engines = ["espeak", "tone"]
          return o
        }())
      var pieces: [Screenplay.Piece] = []
      let text = Array(visit.replacing("\n", with: "\r\n").unicodeScalars)
      for start in stride(from: 0, to: text.count, by: size) {
        var part = String.UnicodeScalarView()
        part.append(contentsOf: text[start..<min(start + size, text.count)])
        pieces += play.append(String(part))
      }
      #expect(pieces + play.finish() == whole)
    }
  }

  @Test func `notes and offset come in either order, blanks do not matter`() {
    let script =
      "@voice a=1\na(x, speed=1.5 , y)  +( 1.5s ):Hello: you (there)\na+(0):Hi\na +(2m) (z) : Ho"
    let spoken = lines(script)
    #expect(spoken.map(\.text) == ["Hello: you (there)", "Hi", "Ho"])
    #expect(spoken.map(\.offset) == [.milliseconds(1500), .zero, .seconds(120)])
    #expect(spoken.map(\.notes) == [["x", "y"], [], ["z"]])
    #expect(spoken[0].traits.speed == 1.5)
  }

  @Test func `every setting of the table can be given to a voice or a line, lists too`() {
    let script =
      "@voice a = 1, temperature 0.3, chunk_length_schedule 50, 120, auto_mode on, dictionary_ids none\n"
      + "a (dictionary_ids=3,4, softly, normalize no): Hi\n"
    let found = items(script)
    guard case .voice(let voice)? = found.first?.content,
      case .line(let line)? = found.last?.content
    else {
      Issue.record("\(errors(script))")
      return
    }
    var own = VoiceTraits()
    own[.temperature] = .number(0.3)
    own[.chunkLengthSchedule] = .numbers([50, 120])
    own[.autoMode] = .flag(true)
    own[.dictionaryIDs] = .numbers([])
    #expect(voice.traits == own)
    #expect(line.notes == ["softly"])
    (own[.dictionaryIDs], own[.normalize]) = (.numbers([3, 4]), .flag(false))
    #expect(voice.traits.overridden(by: line.traits) == own)
    #expect(items(voice.script + "\n").map(\.content) == [.voice(voice)])
    let objects = items(found.map(\.json).joined(separator: "\n"))
    #expect(objects.map(\.content) == found.map(\.content))
  }

  @Test func `an indented line is text, whatever it looks like`() {
    let script = "@voice a = 1\na: One\n  Note: this\n\t[pause 1s]\n\n  # two\n@gap 1s\na:\n Three"
    #expect(lines(script).map(\.text) == ["One\nNote: this\n[pause 1s]\n# two", "Three"])
  }

  @Test func `a name with a word in front of a colon needs a voice`() {
    let script = "@voice anna = 1\nanna: Hello.\nNote: this\nana: Oops\nanna: Bye."
    let found = errors(script)
    #expect(found.map(\.line) == [3, 4])
    #expect(found[0].message.hasPrefix("there is no voice for Note"))
    #expect(found[1].message == "there is no voice for ana; did you mean anna?")
    #expect(lines(script).map(\.text) == ["Hello.", "Bye."])
  }

  @Test func `casting declares a name where it first speaks`() {
    let cast = items("a: One.\nb: Two.\na: Three.", casting: true)
    #expect(
      cast.map(\.content).prefix(3) == [
        .voice(VoiceDeclaration(name: "a", choice: .automatic)),
        .line(ScriptLine(speaker: "a", text: "One.")),
        .voice(VoiceDeclaration(name: "b", choice: .automatic)),
      ])
    #expect(cast.count == 5)
  }

  @Test func `a speech that nothing follows is spoken, and may go on`() {
    var play = Screenplay()
    _ = play.append("@voice a = 1\na +(1s): One\n")
    #expect(play.holdsSpeech)
    var one = ScriptLine(speaker: "a", text: "One", offset: .seconds(1))
    #expect(play.release() == [.item(ScriptItem(.line(one), line: 2))])
    #expect(!play.holdsSpeech)
    _ = play.append("  two\n  three\n")
    (one.text, one.offset, one.continues) = ("two\nthree", nil, true)
    #expect(play.finish() == [.item(ScriptItem(.line(one), line: 3))])
  }

  @Test(arguments: [
    ("@voce a = 1", 1, "nothing is called @voce; did you mean @voice?"),
    ("@voice a", 9, "a voice is missing: @voice a = VOICE"),
    ("@voice a =", 11, "a voice is missing: @voice a = VOICE"),
    ("@voice a = x:1", 12, "no engine is called \"x\"; there are espeak:, tone:"),
    (
      "@voice a = 1, spead 2", 15,
      "a voice has no \"spead 2\"; did you mean speed?"
    ),
    (
      "@voice a = 1, loudly", 15,
      "a voice has no \"loudly\"; it takes a key and its value, such as speed 1.1; kugel help settings"
        + " names all keys"
    ),
    (
      "@voice a = 1, pitch", 15,
      "a voice has no \"pitch\"; pitch takes a whole number from 0 to 100"
    ),
    ("@voice a = 1, cfg_scale 3", 15, "cfg_scale takes a number from 1.2 to 2.5"),
    ("@voice a = 1, speed fast", 15, "speed takes a number from 0.1 to 10"),
    ("@gap soon", 6, "@gap takes a time such as 800ms, 1.5s, 5m or 1h, at most 1h"),
    ("[pause]", 1, "[pause] lacks a value"),
    ("[pause 5]", 8, "a pause takes a time such as 800ms, 1.5s, 5m or 1h, at most 1h"),
    ("[pause 5s", 1, "a ] is missing"),
    ("[pause 5s] x", 11, "[ ] stands alone on its line"),
    (
      "[wait 5s]", 1,
      "nothing is called [wait]; there are [pause 600ms], [mark NAME] and [sound FILE]"
    ),
    (
      "just some prose", 1,
      "a line begins with NAME:, with @ or [ or #, or with a blank to go on with the text above"
    ),
    ("  text of nobody", 3, "an indented line goes on with a speaker's, and there is none"),
    ("a (softly: Hello", 3, "a ) is missing"),
    ("a +300ms: Hello", 4, "an offset is written +(300ms) or +(-300ms)"),
    ("a +(soon): Hello", 5, "an offset takes a time such as 800ms, 1.5s, 5m or 1h, at most 1h"),
    ("a (x) Hello", 7, "a colon is missing behind a"),
    ("a (volume loud): Hello", 4, "volume takes -60 to 20 decibels, such as -6 or -6dB"),
  ])
  func `errors name the place`(line: String, column: Int, message: String) {
    let found = errors(line)
    #expect(found == [ScriptError(line: 1, column: column, message: message, source: line)])
  }

  @Test(arguments: ["https: //a.example", "mailto: me", "10: x", "once upon a time: x", "a:x"])
  func `who was not declared and does not look like a speaker is none`(line: String) {
    let found = read(line, casting: true)
    guard case .error(let error)? = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect(error.message.contains("@voice"))
  }

  @Test func `a line that is too long is told once, with its number`() {
    var play = Screenplay(options: Screenplay.Options())
    var pieces = play.append("@voice a = 1\na: ")
    for _ in 0..<3 { pieces += play.append(String(repeating: "x", count: 600_000)) }
    pieces += play.append("x\nb: y") + play.finish()
    let found = pieces.compactMap { piece -> ScriptError? in
      if case .error(let error) = piece { error } else { nil }
    }
    #expect(found.map(\.line) == [2, 3])
    #expect(found[0].message == "the line is longer than 1000000 bytes")
  }

  @Test func `a voice is declared once, and who says nothing is told so`() {
    let found = errors("@voice a = 1\n@voice a = 2\na:\n\na: x")
    #expect(
      found.map(\.message) == ["a has a voice already, from line 1", "a says nothing"])
    #expect(found.map(\.line) == [2, 3])
  }

  @Test func `an error shows its line with a mark below the place`() {
    let error = ScriptError(line: 3, column: 5, message: "wrong", source: "猫: x y")
    #expect(error.shown(in: "s.txt") == "s.txt:3:5: wrong\n  猫: x y\n       ^")
    let long = ScriptError(
      line: 1, column: 101, message: "wrong", source: String(repeating: "a", count: 100) + "b")
    #expect(long.shown(in: "s").split(separator: "\n")[1].count == 76)
    #expect(long.shown(in: "s").hasSuffix("b\n" + String(repeating: " ", count: 75) + "^"))
  }

  @Test(arguments: [
    ("250ms", 250_000), ("-1.5s", -1_500_000), ("0", 0), ("2m", 120_000_000), ("1h", 3_600_000_000),
    ("0.1ms", 100),
    ("\u{2212}300ms", -300_000), ("+1s", 1_000_000),
  ])
  func `times are read exactly`(text: String, microseconds: Int) throws {
    #expect(try Duration(script: text) == .microseconds(microseconds))
    #expect(try Duration(script: Duration(script: text).asWritten) == .microseconds(microseconds))
  }

  @Test(arguments: ["", "5", "1.01h", "ms", "1e3ms", "infs", "nans", "2h", "61m", "0x1s"])
  func `other times are refused`(text: String) {
    #expect(throws: ScriptValueError.self) { try Duration(script: text) }
  }
}
