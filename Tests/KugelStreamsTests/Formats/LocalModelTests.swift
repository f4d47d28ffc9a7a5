import KugelStreams
import Testing

@Suite struct OllamaTests {
  @Test func `a chat's content is spoken and its thinking is not`() {
    expect(
      .ollama,
      lines(
        #"{"model":"m","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false}"#,
        #"{"model":"m","message":{"role":"assistant","content":"Good "},"done":false}"#,
        #"{"model":"m","message":{"role":"assistant","content":"morning."},"done":false}"#,
        #"{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":4}"#
      ),
      says: [
        .reasoning("Hm."), .text("Good morning."), .paragraph, .end,
        .usage(StreamUsage(input: 9, output: 4, model: "m")),
      ])
  }

  @Test func `generate's response is spoken`() {
    expect(
      .ollama,
      lines(
        #"{"model":"m","response":"","thinking":"Hm.","done":false}"#,
        #"{"model":"m","response":"Yes","done":false}"#,
        #"{"model":"m","response":".","done":true,"done_reason":"length"}"#),
      says: [
        .reasoning("Hm."), .text("Yes."),
        .warning("the answer is cut: the model reached the length that it may write (length)"),
        .paragraph, .end, .usage(StreamUsage(model: "m")),
      ])
  }

  @Test func `tools are told`() {
    expect(
      .ollama,
      lines(
        #"{"model":"m","message":{"content":"","tool_calls":[{"function":{"name":"time","arguments":{}}}]},"done":false}"#,
        #"{"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}"#),
      says: [.tool("time"), .end, .usage(StreamUsage(model: "m"))])
  }

  @Test func `an error is told, at the start and in the middle`() {
    expect(
      .ollama, lines(#"{"error":"model 'x' not found"}"#),
      says: [.failed(StreamFailure("model 'x' not found", mayPass: false))])
    expect(
      .ollama,
      lines(
        #"{"model":"m","message":{"content":"And th"},"done":false}"#,
        #"{"error":"an error was encountered while running the model"}"#),
      says: [
        .text("And th"),
        .failed(
          StreamFailure("an error was encountered while running the model", mayPass: true)),
      ])
  }

  @Test func `without done it was cut`() {
    expect(
      .ollama, lines(#"{"model":"m","message":{"content":"And th"},"done":false}"#),
      says: [.text("And th"), .paragraph, .cut])
  }
}

@Suite struct LlamaCPPTests {
  @Test func `the content is spoken`() {
    expect(
      .llamaCPP,
      events(
        #"{"index":0,"content":"Good","tokens":[1],"stop":false,"id_slot":-1}"#,
        #"{"index":0,"content":" day.","stop":false}"#,
        #"{"content":"","stop":true,"stop_type":"eos","tokens_predicted":2,"tokens_evaluated":5,"model":"m"}"#
      ),
      says: [
        .text("Good day."), .paragraph, .end, .usage(StreamUsage(input: 5, output: 2, model: "m")),
      ])
  }

  @Test func `a limit is a warning`() {
    expect(
      .llamaCPP,
      events(
        #"{"content":"And th","stop":false}"#, #"{"content":"","stop":true,"stop_type":"limit"}"#),
      says: [
        .text("And th"),
        .warning("the answer is cut: the model reached the length that it may write (limit)"),
        .paragraph, .end,
      ])
  }

  @Test func `an error comes as data or as a field of its own`() {
    let text = events(#"{"content":"And th","stop":false}"#)
    let error = #"{"code":500,"message":"Out of memory","type":"server_error"}"#
    let failure = StreamEvent.failed(StreamFailure("Out of memory", mayPass: true))
    expect(.llamaCPP, text + events("{\"error\":\(error)}"), says: [.text("And th"), failure])
    expect(.llamaCPP, text + "error: \(error)\n\n", says: [.text("And th"), failure])
    expect(.llamaCPP, "error: \(error)\n\n", says: [failure], isGuessed: false)
  }

  @Test func `without stop it was cut`() {
    expect(
      .llamaCPP, events(#"{"content":"And th","stop":false}"#),
      says: [.text("And th"), .paragraph, .cut])
  }
}

@Suite struct OllamaRunTests {
  private func plain(_ text: String) -> StreamEvent { .plain(Array(text.utf8)) }

  @Test(arguments: [
    ("Thinking...\nWell, 2+2.\nÜber.\n...done thinking.\n\nFour.\nYes.", "Well, 2+2.\nÜber.\n"),
    (
      "\u{1B}[90m\u{1B}[1mThinking...\n\u{1B}[0m\u{1B}[90mWell\n\u{1B}[90m\u{1B}[1m...done thinking.\n\n\u{1B}[0mFour.\nYes.",
      "Well\n"
    ),
    ("\nThinking...\r\nWell\r\n...done thinking.\r\n\r\nFour.\nYes.", "Well\r\n"),
  ])
  func `what stands between the two lines is thought`(printed: String, thought: String) {
    let rest = printed.contains("[0mFour") ? "\u{1B}[0mFour.\nYes." : "Four.\nYes."
    expect(
      .ollamaRun, printed, says: [.reasoning(thought), plain(rest)].map { $0 }, isGuessed: false)
  }

  @Test(arguments: [
    "Four.", "Thinking about it", "Thinking... well\n", "Think", " \n \nFour.", "",
    "Four.\nThinking...\nYes.\n",
  ])
  func `any other text is text`(text: String) {
    expect(.ollamaRun, text, says: text.isEmpty ? [] : [plain(text)], isGuessed: false)
  }

  @Test func `a thought that never ends was cut`() {
    expect(
      .ollamaRun, "Thinking...\nWell, so", says: [.reasoning("Well, so"), .cut], isGuessed: false)
  }
}
