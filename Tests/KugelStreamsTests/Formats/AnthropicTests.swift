import KugelStreams
import Testing

@Suite struct AnthropicTests {
  static func event(_ type: String, _ more: String) -> String {
    "event: \(type)\ndata: {\"type\":\"\(type)\"\(more.isEmpty ? "" : ",")\(more)}\n\n"
  }
  static func delta(_ text: String, index: Int = 0) -> String {
    event(
      "content_block_delta",
      #""index":\#(index),"delta":{"type":"text_delta","text":"\#(text)"}"#)
  }
  static func block(_ block: String, index: Int = 0) -> String {
    event("content_block_start", #""index":\#(index),"content_block":\#(block)"#)
  }
  static let start = event(
    "message_start",
    #""message":{"id":"m1","model":"claude","content":[],"usage":{"input_tokens":3,"cache_read_input_tokens":4,"output_tokens":1}}"#
  )
  static func end(_ reason: String = "end_turn") -> String {
    event(
      "message_delta", #""delta":{"stop_reason":"\#(reason)"},"usage":{"output_tokens":9}"#)
      + event("message_stop", "")
  }
  private static let usage = StreamEvent.usage(StreamUsage(input: 7, output: 9, model: "claude"))

  @Test func `text is spoken; thoughts, signatures and pings are not`() {
    expect(
      .anthropic,
      Self.start + Self.block(#"{"type":"thinking","thinking":""}"#) + Self.event("ping", "")
        + Self.event(
          "content_block_delta",
          #""index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}"#)
        + Self.event(
          "content_block_delta",
          #""index":0,"delta":{"type":"signature_delta","signature":"EqQB"}"#)
        + Self.event("content_block_stop", #""index":0"#)
        + Self.block(#"{"type":"text","text":""}"#, index: 1) + Self.delta("Good ", index: 1)
        + Self.delta("morning.", index: 1) + Self.end(),
      says: [.reasoning("Hm."), .text("Good morning."), .paragraph, .end, Self.usage])
  }

  @Test func `blocks with a tool between them are paragraphs`() {
    expect(
      .anthropic,
      Self.start + Self.block(#"{"type":"text","text":""}"#) + Self.delta("I look")
        + Self.block(#"{"type":"tool_use","id":"t","name":"weather","input":{}}"#, index: 1)
        + Self.event(
          "content_block_delta",
          #""index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"Paris\"}"}"#)
        + Self.block(#"{"type":"text","text":""}"#, index: 2) + Self.delta("It rains.", index: 2)
        + Self.end("tool_use"),
      says: [
        .text("I look"), .paragraph, .tool("weather"), .text("It rains."), .paragraph, .end,
        Self.usage,
      ])
  }

  @Test func `a sentence that quotes runs over blocks without anything between them`() {
    expect(
      .anthropic,
      Self.start + Self.block(#"{"type":"text","text":""}"#) + Self.delta("The grass ")
        + Self.event("content_block_stop", #""index":0"#)
        + Self.block(#"{"type":"text","text":"","citations":[]}"#, index: 1)
        + Self.delta("is green", index: 1)
        + Self.event(
          "content_block_delta",
          #""index":1,"delta":{"type":"citations_delta","citation":{"cited_text":"x"}}"#)
        + Self.event("content_block_stop", #""index":1"#)
        + Self.block(#"{"type":"text","text":""}"#, index: 2) + Self.delta(".", index: 2)
        + Self.end(),
      says: [.text("The grass is green."), .paragraph, .end, Self.usage])
  }

  @Test(arguments: [
    (
      "max_tokens", "the answer is cut: the model reached the length that it may write (max_tokens)"
    ),
    ("refusal", "the model refused to answer (refusal)"),
    ("pause_turn", "the model paused, and its answer is not whole (pause_turn)"),
    (
      "model_context_window_exceeded",
      "the answer is cut: the model's context is full (model_context_window_exceeded)"
    ),
  ])
  func `an end that is none is a warning`(reason: String, warning: String) {
    expect(
      .anthropic, Self.start + Self.delta("And th") + Self.end(reason),
      says: [.text("And th"), .warning(warning), .paragraph, .end, Self.usage])
  }

  @Test(arguments: ["stop_sequence", "end_turn", "tool_use"])
  func `an end that is one is no warning`(reason: String) {
    expect(
      .anthropic, Self.start + Self.delta("Yes.") + Self.end(reason),
      says: [.text("Yes."), .paragraph, .end, Self.usage])
  }

  @Test(arguments: [
    ("overloaded_error", true), ("rate_limit_error", true), ("api_error", true),
    ("timeout_error", true), ("invalid_request_error", false), ("authentication_error", false),
    ("permission_error", false), ("not_found_error", false), ("request_too_large", false),
    ("billing_error", false),
  ])
  func `an error in the middle and as a body says whether it may pass`(
    type: String, mayPass: Bool
  ) {
    let error = #""error":{"type":"\#(type)","message":"Sorry"}"#
    let failure = StreamEvent.failed(StreamFailure("Sorry", mayPass: mayPass))
    expect(
      .anthropic, Self.start + Self.delta("And th") + Self.event("error", error),
      says: [
        .text("And th"), failure, .usage(StreamUsage(input: 7, output: 1, model: "claude")),
      ])
    expect(.anthropic, "{\"type\":\"error\",\(error)}\n", says: [failure])
    expect(.anthropic, Self.event("error", error), says: [failure])
  }

  @Test func `a stream without its end was cut`() {
    expect(
      .anthropic, Self.start + Self.delta("And th"),
      says: [
        .text("And th"), .usage(StreamUsage(input: 7, output: 1, model: "claude")), .paragraph,
        .cut,
      ])
  }
}
