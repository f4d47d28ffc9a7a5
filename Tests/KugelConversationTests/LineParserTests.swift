import KugelConversation
import KugelSession
import KugelText
import KugelWire
import Testing

private let offer = SettingOffer.everything

private func parse(_ line: String, style: ConversationStyle = .script) -> ConversationRequest? {
  var parser = LineParser(style: style, offer: offer)
  return parser.parse(line)
}

private func command(_ line: String, style: ConversationStyle = .script) throws
  -> ConversationCommand
{
  try #require(parse(line, style: style)).request.get()
}

private func complaint(_ line: String) -> String? {
  guard case .failure(let problem) = parse(line)?.request else { return nil }
  return problem.message
}

private func change(_ key: String, _ value: String) throws -> SettingChange {
  try SettingChange(key: key, value: .text(value), offer: offer, among: SettingKey.ofSession)
}

@Suite struct LineParserTests {
  @Test(arguments: [
    ("Hello there.", ConversationCommand.send("Hello there.\n")),
    ("  indented /say", .send("  indented /say\n")),
    ("//etc/passwd", .send("/etc/passwd\n")),
    ("", .blank), (" \t", .blank), ("/end", .end), ("/flush", .flush),
    ("/cancel", .cancel(after: nil)),
    ("/send un", .send("un")), ("/send \"un\"", .send("un")),
    ("/send \" a \\n\\u00e9\"", .send(" a \né")),
    ("/send un\"finished\"", .send("un\"finished\"")),
    ("/send  two ", .send(" two ")), ("/send   ", .send("  ")), ("/send\t\tx", .send("\tx")),
    ("/send \u{308}a", .send("\u{308}a")),
    ("/say Hello  you ", .say("Hello  you ")), ("/say   Hi.", .say("Hi.")),
    ("/cancel after 800ms", .cancel(after: .milliseconds(800))),
    ("/cancel after 1.5s", .cancel(after: .milliseconds(1500))),
    ("/wait final", .wait(.final)), ("/wait heard", .wait(.heard)),
    ("/wait 2m", .wait(.time(.seconds(120)))), ("/wait 1h", .wait(.time(.seconds(3600)))),
    ("/volume 15", .volume(decibels: 15)),
    ("/mark here", .mark("here")), ("/mark \"over there\"", .mark("over there")),
    ("/pause", .pause), ("/resume", .resume), ("/back", .back),
    ("/on", .on),
    ("/volume -6dB", .volume(decibels: -6)), ("/volume +1.5 dB", .volume(decibels: 1.5)),
    ("/save a.wav", .save("a.wav")), ("/save \"my file.wav\"", .save("my file.wav")),
    ("/save off", .save(nil)),
    ("/status", .status(turn: nil)), ("/status 3", .status(turn: 3)), ("/usage", .usage),
    ("/voices", .voices("")), ("/voices anna", .voices("anna")), ("/help", .help),
    ("/quit", .quit),
  ])
  func `a line means one command`(line: String, expected: ConversationCommand) throws {
    #expect(try command(line) == expected)
  }

  @Test func `set takes several keys, with quotes where there are blanks`() throws {
    #expect(
      try command("/set voice=\"Anna B\" speed=1.1 volume=-6dB normalize=false")
        == .set([
          change("voice", "Anna B"), change("speed", "1.1"), change("volume", "-6"),
          change("normalize", "false"),
        ]))
  }

  @Test func `expectations compare what can be compared`() throws {
    for source in ["first-sound < 300ms", "text ~ bread", "chars >= 12", "ending = cancelled"] {
      #expect(try command("/expect \(source)") == .expect(Expectation(source)))
    }
    for source in ["first-sound ~ 3", "text < 3ms", "chars < 3ms", "colour = red", "chars <> 3"] {
      #expect(complaint("/expect \(source)") != nil)
    }
  }

  @Test(arguments: [
    ("/cancle", "did you mean /cancel?"), ("/", "there is no command /"),
    ("/cancel in 3s", "/cancel after 800ms"), ("/cancel after soon", "/cancel after 800ms"),
    ("/wait a while", "/wait final|heard|DURATION"), ("/wait -1s", "wait takes"),
    ("/set speed=9", "0.5 to 2"), ("/set speed", "key=value"), ("/set", "/set KEY=VALUE"),
    ("/set sped=1", "did you mean speed?"), ("/set pitch=1.5", "whole number"),
    ("/volume loud", "-60 to 20"),
    ("/volume 21dB", "-60 to 20 decibels, such as -6 or -6dB, not 21dB"),
    ("/save", "/save FILE|off"),
    ("/mark", "/mark NAME"), ("/send", "/send TEXT"), ("/say \"a", "not closed"),
    ("/say \"a\" b", "behind the closing quote"), ("/say \"\\q\"", "no escape"),
    ("/status zero", "number of a turn"), ("/quit now", "stands alone"),
  ])
  func `what is wrong with a line is said`(line: String, part: String) throws {
    #expect(try #require(complaint(line)).contains(part))
  }

  @Test func `comments are for scripts, and every line counts`() throws {
    var parser = LineParser(style: .script, offer: offer)
    #expect(parser.parse("# a comment") == nil)
    #expect(parser.parse("/nonsense")?.line == 2)
    #expect(try command("# one", style: .prompt) == .say("# one"))
    #expect(try command("Hello", style: .prompt) == .say("Hello"))
  }
}
