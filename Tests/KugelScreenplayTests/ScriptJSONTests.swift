import Testing

@testable import KugelScreenplay

private func read(_ text: String) -> [Screenplay.Piece] {
  var options = Screenplay.Options()
  options.engines = ["espeak", "tone"]
  var play = Screenplay(options: options)
  return play.append(text) + play.finish()
}

private func contents(_ pieces: [Screenplay.Piece]) -> [ScriptItem.Content] {
  pieces.compactMap { if case .item(let item) = $0 { item.content } else { nil } }
}

@Suite struct ScriptJSONTests {
  @Test func `the JSON form of a screenplay is the same script`() {
    let script = visit + "anna (x, speed 1.5, pan left) +(1.25s): A \"quote\"\n"
    let pieces = read(script)
    let json = pieces.compactMap { if case .item(let item) = $0 { item.json } else { nil } }
    #expect(contents(read(json.joined(separator: "\n"))) == contents(pieces))
    #expect(json.count == contents(pieces).count)
    #expect(
      json[8] == #"{"voice":"bob","text":"In here.","volume":-6,"notes":["softly"]}"#)
    #expect(json[9] == #"{"voice":"anna","text":"Oh!","at":"-300ms"}"#)
  }

  @Test(arguments: [
    (#"{"voice":"a","text":"x"}"#, "there is no voice for a; write @voice a = VOICE above", 1),
    (#"{"voice":"a"}"#, "text must be words to speak", 1),
    (#"{"pause":"5"}"#, "pause must be a time such as 800ms, 1.5s, 5m or 1h, at most 1h", 2),
    (#"{"pause":"-5s"}"#, "pause must be a time such as 800ms, 1.5s, 5m or 1h, at most 1h", 2),
    (#"{"cast":"a","voice":"x:1"}"#, "voice must be a voice; before a colon espeak or tone", 13),
    (#"{"cast":"a","speed":"fast"}"#, "speed must be a number from 0.1 to 10", 13),
    (#"{"x":1}"#, "a line's voice must be there, or title, cast, gap, pause, mark or sound", 1),
    ("{", "the line is not JSON", 1),
    ("{}\n[1]", "a line must be a JSON object", 1),
  ])
  func `errors name the place`(line: String, message: String, column: Int) {
    let found = read(line).compactMap { if case .error(let error) = $0 { error } else { nil } }
    #expect(found.last?.message == message)
    #expect(found.last?.column == column)
  }

  @Test func `a voice may be a number, and times may be missing`() {
    let script = #"""
      {"cast":"a","voice":7}

      {"voice":"a","text":"x"}
      """#
    #expect(
      contents(read(script)) == [
        .voice(VoiceDeclaration(name: "a", choice: .named(.id(7), engine: nil))),
        .line(ScriptLine(speaker: "a", text: "x")),
      ])
  }
}
