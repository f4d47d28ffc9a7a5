import KugelStreams
import Testing

@Suite struct OpenAIChatTests {
  private static func chunk(_ delta: String, finish: String = "null", more: String = "") -> String {
    #"{"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]\#(more)}"#
  }

  @Test func `the deltas are the answer`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"role":"assistant","content":""}"#), Self.chunk(#"{"content":"Good"}"#),
        Self.chunk(#"{"content":" morning. Gr\u00fc\u00df \ud83d\ude00\n"}"#),
        Self.chunk("{}", finish: #""stop""#),
        #"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3},"model":"m"}"#, "[DONE]"),
      says: [
        .text("Good morning. Grüß 😀\n"), .paragraph, .end,
        .usage(StreamUsage(input: 7, output: 3, model: "m")),
      ])
  }

  @Test func `no choices, null, an empty text and a role alone say nothing`() {
    expect(
      .openAIChat,
      ": OPENROUTER PROCESSING\n\n"
        + events(
          #"{"choices":[],"prompt_filter_results":[{}]}"#, Self.chunk(#"{"role":"assistant"}"#),
          Self.chunk(#"{"content":null,"tool_calls":null}"#), Self.chunk(#"{"content":""}"#),
          Self.chunk(#"{"content":"Yes."}"#, finish: #""stop""#), "[DONE]"),
      says: [.text("Yes."), .paragraph, .end])
  }

  @Test(arguments: ["reasoning_content", "reasoning"])
  func `what the model thinks is no part of the answer`(name: String) {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"\#(name)":"Let me "}"#), Self.chunk(#"{"\#(name)":"see."}"#),
        Self.chunk(#"{"content":"Four."}"#, finish: #""stop""#), "[DONE]"),
      says: [.reasoning("Let me see."), .text("Four."), .paragraph, .end])
  }

  @Test func `a thought under both names is told once`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"reasoning":"Hm.","reasoning_content":"Hm."}"#),
        Self.chunk(#"{"content":"Four."}"#, finish: #""stop""#)),
      says: [.reasoning("Hm."), .text("Four."), .paragraph, .end])
  }

  @Test func `only the first of several choices is spoken`() {
    expect(
      .openAIChat,
      events(
        #"{"choices":[{"index":1,"delta":{"content":"Other."}},{"index":0,"delta":{"content":"One."}}]}"#,
        #"{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}"#,
        #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#),
      says: [.text("One."), .paragraph, .end])
  }

  @Test func `a refusal is spoken`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"refusal":"I cannot "}"#), Self.chunk(#"{"refusal":"do that."}"#),
        Self.chunk("{}", finish: #""stop""#)),
      says: [.text("I cannot do that."), .paragraph, .end])
  }

  @Test func `a tool is told once, and its arguments are not spoken`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"content":"I look"}"#),
        Self.chunk(
          #"{"tool_calls":[{"index":0,"id":"a","function":{"name":"weather","arguments":""}}]}"#),
        Self.chunk(#"{"tool_calls":[{"index":0,"function":{"name":"weather","arguments":"{}"}}]}"#),
        Self.chunk(
          #"{"tool_calls":[{"index":1,"id":"b","function":{"name":"time","arguments":""}}]}"#),
        Self.chunk("{}", finish: #""tool_calls""#), "[DONE]"),
      says: [.text("I look"), .paragraph, .tool("weather"), .tool("time"), .end])
  }

  @Test(arguments: [
    ("length", "the answer is cut: the model reached the length that it may write (length)"),
    ("content_filter", "the answer was held back by a filter (content_filter)"),
  ])
  func `an end that is none is a warning`(reason: String, warning: String) {
    expect(
      .openAIChat,
      events(Self.chunk(#"{"content":"And th"}"#), Self.chunk("{}", finish: "\"\(reason)\"")),
      says: [.text("And th"), .warning(warning), .paragraph, .end])
  }

  @Test func `the last of usages that grow counts`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(
          #"{"content":"A"}"#, more: #","usage":{"prompt_tokens":7,"completion_tokens":1}"#),
        Self.chunk(
          #"{"content":"B"}"#, finish: #""stop""#,
          more: #","usage":{"prompt_tokens":7,"completion_tokens":2}"#)),
      says: [.text("AB"), .paragraph, .end, .usage(StreamUsage(input: 7, output: 2, model: "m"))])
  }

  @Test func `an error in the middle comes after the text before it`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"content":"And then"}"#),
        #"{"error":{"code":502,"message":"Provider went away"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#
      ),
      says: [
        .text("And then"), .failed(StreamFailure("Provider went away", mayPass: true)), .paragraph,
        .end,
      ])
  }

  @Test(arguments: [
    (#"{"message":"No key","type":"invalid_request_error","code":"invalid_api_key"}"#, false),
    (#"{"message":"Slow down","type":"requests","code":"rate_limit_exceeded"}"#, true),
    (#"{"message":"No money","type":"insufficient_quota","code":"insufficient_quota"}"#, false),
    (#"{"message":"Loading","type":"unavailable_error","code":503}"#, true),
    (#"{"message":"Too long","type":"exceed_context_size_error","code":400}"#, false),
    (#"{"message":"Odd","type":"server_error","code":null}"#, true),
  ])
  func `an error as the whole body, on several lines, says whether it may pass`(
    error: String, mayPass: Bool
  ) throws {
    let message = try #require(error.firstMatch(of: #/"message":"([^"]*)"/#)).1
    let failure = StreamEvent.failed(StreamFailure(String(message), mayPass: mayPass))
    expect(
      .openAIChat, "{\n  \"error\": \(error.replacing(",", with: ",\n    "))\n}\n",
      says: [failure])
    expect(.openAIChat, events("{\"error\":\(error)}"), says: [failure])
  }

  @Test func `a letter that is cut into two escapes is one letter`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"content":"a \ud83d"}"#),
        Self.chunk(#"{"content":"\ude00 b \udE00 c \uD83D"}"#),
        Self.chunk(#"{"content":"d \ud83d"}"#, finish: #""stop""#)),
      says: [.text("a 😀 b \u{FFFD} c \u{FFFD}d \u{FFFD}"), .paragraph, .end])
  }

  @Test func `a backslash before a u is no escape of a letter`() {
    expect(
      .openAIChat,
      events(Self.chunk(#"{"content":"\\ud83d \\\ud83d\ude00"}"#, finish: #""stop""#)),
      says: [.text(#"\ud83d \😀"#), .paragraph, .end])
  }

  @Test func `a stream without its end was cut`() {
    expect(
      .openAIChat, events(Self.chunk(#"{"content":"And th"}"#)) + #"data: {"choices":[{"ind"#,
      says: [.text("And th"), .paragraph, .cut])
  }

  @Test func `an answer may follow an answer`() {
    let one = events(Self.chunk(#"{"content":"One."}"#, finish: #""stop""#), "[DONE]")
    expect(
      .openAIChat, one + one,
      says: [.text("One."), .paragraph, .end, .text("One."), .paragraph, .end])
  }

  @Test func `an event that is no JSON is named and passed over`() {
    expect(
      .openAIChat,
      events(
        Self.chunk(#"{"content":"One. "}"#), #"{"choices":"#,
        Self.chunk(#"{"content":"Two."}"#, finish: #""stop""#)),
      says: [
        .text("One. "), .warning("the event on line 3 is no object of JSON, and is passed over"),
        .text("Two."), .paragraph, .end,
      ])
  }

  @Test func `what is no stream at all is told with its beginning`() {
    let page = "<html><body>404 page not found</body></html>"
    #expect(
      said(.openAIChat, page)
        == [
          .failed(
            StreamFailure(
              "it is no stream of openai-chat: it begins with \"\(page)\"", mayPass: false))
        ])
    #expect(said(.openAIChat, " \n\n") == [])
  }
}
