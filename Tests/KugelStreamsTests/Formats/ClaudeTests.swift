import KugelStreams
import Testing

@Suite struct ClaudeTests {
  private static let begin = lines(
    #"{"type":"system","subtype":"init","session_id":"s","tools":["Bash"],"model":"claude"}"#)
  private static func partial(_ event: String, parent: String = "null") -> String {
    lines(
      #"{"type":"stream_event","event":\#(event),"session_id":"s","parent_tool_use_id":\#(parent)}"#
    )
  }
  private static func start(_ id: String = "m1", parent: String = "null") -> String {
    partial(
      #"{"type":"message_start","message":{"id":"\#(id)","usage":{"input_tokens":1}}}"#,
      parent: parent)
  }
  private static func delta(_ text: String, parent: String = "null") -> String {
    partial(
      #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(text)"}}"#,
      parent: parent)
  }
  private static func assistant(
    _ blocks: String, id: String = "m1", parent: String = "null"
  ) -> String {
    lines(
      #"{"type":"assistant","message":{"id":"\#(id)","role":"assistant","content":[\#(blocks)]},"parent_tool_use_id":\#(parent),"session_id":"s"}"#
    )
  }
  private static func text(_ text: String) -> String { #"{"type":"text","text":"\#(text)"}"# }
  private static let result = lines(
    #"{"type":"result","subtype":"success","is_error":false,"result":"It rains.","total_cost_usd":0.5,"usage":{"input_tokens":2,"cache_creation_input_tokens":3,"output_tokens":7}}"#
  )
  private static let usage = StreamEvent.usage(StreamUsage(input: 5, output: 7, cost: 0.5))

  @Test func `partial messages are spoken, and their repetition and the result are not`() {
    expect(
      .claude,
      Self.begin + Self.start() + Self.delta("I lo") + Self.delta("ok")
        + Self.assistant(Self.text("I look"))
        + Self.partial(
          #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","name":"Bash"}}"#
        )
        + Self.assistant(#"{"type":"tool_use","name":"Bash","input":{}}"#)
        + Self.partial(#"{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"#)
        + Self.partial(#"{"type":"message_stop"}"#)
        + lines(
          #"{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":"secret"}]},"parent_tool_use_id":null}"#
        ) + Self.start("m2") + Self.delta("It rains.")
        + Self.assistant(Self.text("It rains."), id: "m2")
        + Self.partial(#"{"type":"message_stop"}"#) + Self.result,
      says: [
        .text("I look"), .paragraph, .tool("Bash"), .text("It rains."), .paragraph, .end,
        Self.usage,
      ])
  }

  @Test func `without partial messages lines under one message id are no repetition`() {
    expect(
      .claude,
      Self.begin + Self.assistant(#"{"type":"thinking","thinking":"Hm.","signature":"x"}"#)
        + Self.assistant(Self.text("I look")) + Self.assistant(Self.text("again"))
        + Self.assistant(#"{"type":"tool_use","name":"Bash","input":{}}"#)
        + Self.assistant(Self.text("It rains."), id: "m2") + Self.result,
      says: [
        .reasoning("Hm."), .text("I look"), .paragraph, .text("again"), .paragraph, .tool("Bash"),
        .text("It rains."), .paragraph, .end, Self.usage,
      ])
  }

  @Test func `a subagent is not spoken, whole or in parts`() {
    let parent = #""toolu_1""#
    expect(
      .claude,
      Self.begin + Self.start() + Self.delta("I ask. ") + Self.start("s1", parent: parent)
        + Self.delta("Secret", parent: parent)
        + Self.assistant(Self.text("Secret"), id: "s1", parent: parent) + Self.delta("So.")
        + Self.assistant(Self.text("I ask. So.")) + Self.result,
      says: [.text("I ask. So."), .paragraph, .end, Self.usage])
  }

  @Test(arguments: [
    (
      #"{"type":"result","subtype":"error_max_turns","is_error":true,"errors":["Reached maximum number of turns (1)"]}"#,
      "Reached maximum number of turns (1)", false
    ),
    (
      #"{"type":"result","subtype":"success","is_error":true,"result":"API Error: 529 overloaded"}"#,
      "API Error: 529 overloaded", true
    ),
    (
      #"{"type":"result","subtype":"success","is_error":true,"result":"API Error: 401 bad key"}"#,
      "API Error: 401 bad key", false
    ),
    (
      #"{"type":"result","subtype":"error_during_execution","is_error":true}"#,
      "error_during_execution", true
    ),
  ])
  func `a result that is an error is one`(result: String, message: String, mayPass: Bool) {
    expect(
      .claude, Self.begin + Self.assistant(Self.text("And then")) + lines(result),
      says: [.text("And then"), .paragraph, .failed(StreamFailure(message, mayPass: mayPass))])
  }

  @Test func `without a result it was cut`() {
    expect(
      .claude, Self.begin + Self.start() + Self.delta("And th"),
      says: [.text("And th"), .paragraph, .cut])
  }
}
