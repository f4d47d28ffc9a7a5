import Foundation
import Testing

/// What the built program speaks of the streams of models and agents, and how it ends.
@Suite struct AnswerTests {
  private static let chat =
    #"data: {"choices":[{"index":0,"delta":{"reasoning":"Hm.","content":"Good **morn"}}]}"# + "\n\n"
    + #"data: {"choices":[{"index":0,"delta":{"content":"ing**."}}]}"# + "\n\n"
  private static let end =
    #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"

  private func run(_ words: [String], _ input: String) throws -> Program.Result {
    try Program.run(words, input: Data(input.utf8))
  }

  @Test(arguments: ["stream", "say"])
  func `an answer is read aloud as what a model writes is`(command: String) throws {
    let result = try run([command, "-e", "tone", "--print"], Self.chat + Self.end)
    #expect(result.status == 0, "\(result.talk)")
    #expect(String(decoding: result.output, as: UTF8.self) == "Good morning.\n\n")
  }

  @Test func `a hook's object is read from the last word, and nothing to say is no failure`() throws
  {
    let words = ["say", "-e", "tone", "--print", "--input", "hook"]
    let said = try run(
      words + [#"{"type":"agent-turn-complete","last-assistant-message":"Done."}"#], "")
    #expect(said.status == 0 && String(decoding: said.output, as: UTF8.self) == "Done.\n\n")
    for nothing in [
      #"{"type":"agent-turn-complete","last-assistant-message":null}"#,
      #"{"hook_event_name":"SubagentStop","last_assistant_message":"Secret"}"#,
    ] {
      let result = try run(words + [nothing], "")
      #expect(result.status == 0 && result.output.isEmpty && result.talk.isEmpty, "\(result.talk)")
    }
    let speaking = try run(
      ["say", "-q", "-e", "tone", "-o", "-", "--format", "raw", "--input", "hook"],
      #"{"hook_event_name":"Stop","last_assistant_message":"Done."}"#)
    #expect(speaking.status == 0 && !speaking.output.isEmpty, "\(speaking.talk)")
  }

  @Test(
    arguments: [
      (
        chat + #"data: {"error":{"message":"It broke","type":"server_error"}}"# + "\n\n", 75,
        "It broke"
      ),
      (
        chat + #"data: {"error":{"message":"Forbidden","type":"permission_error"}}"# + "\n\n", 65,
        "Forbidden"
      ),
      (chat, 75, "ended before the answer did"),
      (
        "{\n \"error\": {\n  \"message\": \"No such model\", \"type\": \"invalid_request_error\"\n }\n}\n",
        65, "No such model"
      ),
    ] as [(String, Int32, String)])
  func `what failed is told behind what was spoken`(stream: String, status: Int32, told: String)
    throws
  {
    for output in [["--print"], ["--tee", "-o", "/dev/null", "--format", "raw"]] {
      let result = try run(["stream", "-q", "-e", "tone"] + output, stream)
      #expect(result.status == status, "\(result.talk)")
      #expect(result.talk.contains(told))
      let text = String(decoding: result.output, as: UTF8.self)
      #expect(text.hasPrefix("Good") == stream.hasPrefix("data"), "\(text)")
    }
  }

  @Test func `the answer is copied, or the bytes, with or without thoughts`() throws {
    let words = ["stream", "-q", "-e", "tone", "-o", "/dev/null", "--format", "raw"]
    let stream = Self.chat + Self.end
    for (options, copied) in [
      (["--tee"], "Good **morning**.\n"), (["--tee=raw"], stream),
      (["--tee", "--reasoning"], "Hm.\n\nGood **morning**.\n"),
      (["--tee", "--input", "text"], stream),
      (["--tee", "--input", "openai-chat"], "Good **morning**.\n"),
    ] {
      let result = try run(words + options, stream)
      #expect(result.status == 0, "\(result.talk)")
      #expect(String(decoding: result.output, as: UTF8.self) == copied, "\(options)")
    }
  }

  @Test func `warnings, tools and usage are told`() throws {
    let stream =
      Self.chat
      + #"data: {"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"name":"look_up"}}]},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":5}}"#
      + "\n\n"
    let result = try run(
      ["stream", "-e", "tone", "-o", "/dev/null", "--format", "raw", "--events", "-"], stream)
    #expect(result.status == 0, "\(result.talk)")
    let events = String(decoding: result.output, as: UTF8.self)
    #expect(events.contains(#""ev":"answer.tool","name":"look_up""#))
    #expect(events.contains(#""input_tokens":3,"output_tokens":5"#))
    #expect(events.contains(#""ev":"warning""#))
    #expect(result.talk.contains("the answer is cut"))
    let announced = try run(
      ["stream", "-q", "-e", "tone", "--print", "--tools", "announce", "--speak-reasoning"], stream)
    #expect(
      String(decoding: announced.output, as: UTF8.self)
        == "Hm.\n\nGood morning.\n\nlook up\n\n")
  }

  @Test func `a file is an answer where that is said, and text where it is not`() throws {
    let scratch = try Scratch()
    let file = scratch.path("answer.txt")
    try Data((Self.chat + Self.end).utf8).write(to: URL(filePath: file))
    let answer = try run(["say", "-e", "tone", "--print", "--input", "auto", "-f", file], "")
    #expect(String(decoding: answer.output, as: UTF8.self) == "Good morning.\n\n")
    let text = try run(["say", "-e", "tone", "--print", "-f", file], "")
    #expect(String(decoding: text.output, as: UTF8.self).contains("choices"))
  }
}
