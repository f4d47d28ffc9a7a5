import KugelStreams
import Testing

@Suite struct WholeAnswerTests {
  @Test(
    arguments: [
      (.text, "Hello", .text("Hello")), (.text, " \n", .nothing),
      (.hook, #"{"hook_event_name":"Stop","last_assistant_message":"Done.\n"}"#, .text("Done.\n")),
      (.hook, #"{"type":"agent-turn-complete","last-assistant-message":null}"#, .nothing),
      (.hook, #"{"hook_event_name":"SubagentStop","last_assistant_message":"x"}"#, .nothing),
      (.hook, "Done.", .troubled), (.hook, #"{"hook_event_name":"Stop","last"#, .troubled),
      (.hook, "", .nothing),
      (
        .codex,
        #"{"type":"thread.started"}"# + "\n"
          + #"{"type":"item.completed","item":{"type":"agent_message","text":"One."}}"# + "\n"
          + #"{"type":"item.completed","item":{"type":"agent_message","text":"Two."}}"# + "\n"
          + #"{"type":"turn.completed"}"# + "\n", .text("One.\n\nTwo.")
      ),
    ] as [(StreamFormat, String, WholeAnswer)])
  func `what an input says is known at once, and that it says nothing`(
    format: StreamFormat, input: String, answer: WholeAnswer
  ) {
    #expect(WholeAnswer(in: input, format) == answer)
  }
}
