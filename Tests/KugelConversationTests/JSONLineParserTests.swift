import KugelConversation
import KugelSession
import KugelWire
import Testing

private let offer = SettingOffer.everything

private func parse(_ line: String) -> ConversationRequest? {
  var parser = JSONLineParser(offer: offer)
  return parser.parse(line)
}

@Suite struct JSONLineParserTests {
  @Test(arguments: [
    (#"{"op":"send","text":"a\nb"}"#, ConversationCommand.send("a\nb")),
    (#"{"op":"say","text":"Hi."}"#, .say("Hi.")), (#"{"op":"end"}"#, .end),
    (#"{"op":"flush"}"#, .flush), (#"{"op":"cancel"}"#, .cancel(after: nil)),
    (#"{"op":"cancel","after_ms":800}"#, .cancel(after: .milliseconds(800))),
    (#"{"op":"wait","for":"final"}"#, .wait(.final)),
    (#"{"op":"wait","for":"heard"}"#, .wait(.heard)),
    (#"{"op":"wait","ms":20}"#, .wait(.time(.milliseconds(20)))),
    (#"{"op":"mark","name":"m"}"#, .mark("m")), (#"{"op":"pause"}"#, .pause),
    (#"{"op":"resume"}"#, .resume), (#"{"op":"volume","db":-6}"#, .volume(decibels: -6)),
    (#"{"op":"save","file":"a.wav"}"#, .save("a.wav")), (#"{"op":"save"}"#, .save(nil)),
    (#"{"op":"status","turn":2}"#, .status(turn: 2)), (#"{"op":"usage"}"#, .usage),
    (#"{"op":"voices","word":"anna"}"#, .voices("anna")), (#"{"op":"help"}"#, .help),
    (#"{"op":"quit"}"#, .quit),
  ])
  func `an object means one command`(line: String, expected: ConversationCommand) throws {
    #expect(try parse(line)?.request.get() == expected)
  }

  @Test func `set takes a member for each key`() throws {
    let changes = [
      try SettingChange(
        key: "normalize", value: .flag(true), offer: offer, among: SettingKey.ofSession),
      try SettingChange(
        key: "speed", value: .number(1.1), offer: offer, among: SettingKey.ofSession),
      try SettingChange(
        key: "voice", value: .text("1072"), offer: offer, among: SettingKey.ofSession),
    ]
    let line = #"{"op":"set","voice":1072,"speed":1.1,"normalize":true,"id":"s"}"#
    #expect(try parse(line)?.request.get() == .set(changes))
    #expect(parse(line)?.id == .text("s"))
  }

  @Test func `expectations are written as on a line`() throws {
    #expect(
      try parse(#"{"op":"expect","that":"chars > 3"}"#)?.request.get()
        == .expect(Expectation("chars > 3")))
  }

  @Test(arguments: [
    ("{", "not JSON"), ("[1]", "not a JSON object"), ("{}", "op"),
    (#"{"op":"jump","id":7}"#, "known"), (#"{"op":"cancle"}"#, "did you mean cancel?"),
    (#"{"op":"send"}"#, "text"), (#"{"op":"send","text":3}"#, "text"),
    (#"{"op":"wait"}"#, "for"), (#"{"op":"set"}"#, "at least one key"),
    (#"{"op":"set","speed":[]}"#, "speed"), (#"{"op":"set","speed":"fast"}"#, "0.5 to 2"),
    (#"{"op":"cancel","after_ms":-1}"#, "milliseconds"), (#"{"op":"volume","db":99}"#, "-60"),
    (#"{"op":"status","turn":0}"#, "number of a turn"),
  ])
  func `what is wrong with an object is said`(line: String, part: String) throws {
    guard case .failure(let problem) = try #require(parse(line)).request else {
      Issue.record("\(line) was taken")
      return
    }
    #expect(problem.message.contains(part))
  }

  @Test func `the id comes back with a complaint, and blank lines are none`() {
    #expect(parse(#"{"op":"jump","id":7}"#)?.id == .number(7))
    #expect(parse("  ") == nil)
  }
}
