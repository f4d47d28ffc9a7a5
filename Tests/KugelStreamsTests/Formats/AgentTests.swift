import KugelStreams
import Testing

@Suite struct CodexTests {
  private static let begin = lines(
    #"{"type":"thread.started","thread_id":"t"}"#, #"{"type":"turn.started"}"#)
  private static func message(_ text: String, id: String = "i1") -> String {
    lines(
      #"{"type":"item.completed","item":{"id":"\#(id)","type":"agent_message","text":"\#(text)"}}"#)
  }
  private static let end = lines(
    #"{"type":"turn.completed","usage":{"input_tokens":8,"cached_input_tokens":2,"output_tokens":4}}"#
  )
  private static let usage = StreamEvent.usage(StreamUsage(input: 8, output: 4))

  @Test func `whole messages are paragraphs, with the tools between them`() {
    expect(
      .codex,
      Self.begin
        + lines(
          #"{"type":"item.completed","item":{"id":"i0","type":"reasoning","text":"**Plan**"}}"#)
        + Self.message("I look")
        + lines(
          #"{"type":"item.started","item":{"id":"i2","type":"command_execution","command":"ls"}}"#,
          #"{"type":"item.completed","item":{"id":"i2","type":"command_execution","aggregated_output":"secret"}}"#,
          #"{"type":"item.completed","item":{"id":"i3","type":"file_change","changes":[]}}"#,
          #"{"type":"item.started","item":{"id":"i4","type":"mcp_tool_call","server":"s","tool":"find"}}"#,
          #"{"type":"item.completed","item":{"id":"i5","type":"todo_list","items":[]}}"#)
        + Self.message("It works.", id: "i6") + Self.end,
      says: [
        .reasoning("**Plan**"), .text("I look"), .paragraph, .tool("command_execution"),
        .tool("file_change"), .tool("find"), .text("It works."), .paragraph, .end, Self.usage,
      ])
  }

  @Test func `a line error that is followed by the turn's end was a reconnect`() {
    expect(
      .codex,
      Self.begin + lines(#"{"type":"error","message":"Reconnecting... 1/5"}"#)
        + Self.message("Done.") + Self.end,
      says: [.text("Done."), .paragraph, .end, Self.usage])
  }

  @Test func `an item of type error is a warning`() {
    expect(
      .codex,
      Self.begin
        + lines(
          #"{"type":"item.completed","item":{"id":"e","type":"error","message":"Old model"}}"#)
        + Self.message("Done.") + Self.end,
      says: [.warning("Old model"), .text("Done."), .paragraph, .end, Self.usage])
  }

  @Test(arguments: [
    (
      #""message":"stream disconnected before completion""#,
      "stream disconnected before completion", true
    ),
    (#""message":"You exceeded your current quota""#, "You exceeded your current quota", false),
    ("", "Reconnecting... 5/5", true),
  ])
  func `a turn that failed is an error`(error: String, message: String, mayPass: Bool) {
    expect(
      .codex,
      Self.begin + Self.message("And then")
        + lines(
          #"{"type":"error","message":"Reconnecting... 5/5"}"#,
          #"{"type":"turn.failed","error":{\#(error)}}"#),
      says: [
        .text("And then"), .paragraph, .failed(StreamFailure(message, mayPass: mayPass)),
      ])
  }

  @Test func `a line error after which nothing comes is the error`() {
    expect(
      .codex, Self.begin + lines(#"{"type":"error","message":"unexpected status 401"}"#),
      says: [.failed(StreamFailure("unexpected status 401", mayPass: false))])
  }

  @Test func `without the turn's end it was cut`() {
    expect(
      .codex, Self.begin + Self.message("And then"),
      says: [.text("And then"), .paragraph, .cut])
  }
}

@Suite struct GeminiTests {
  private static let begin = lines(
    #"{"type":"init","session_id":"s","model":"gemini"}"#,
    #"{"type":"message","role":"user","content":"The prompt."}"#)
  private static func delta(_ text: String) -> String {
    lines(#"{"type":"message","role":"assistant","content":"\#(text)","delta":true}"#)
  }
  private static let end = lines(
    #"{"type":"result","status":"success","stats":{"input_tokens":6,"output_tokens":3}}"#)
  private static let usage = StreamEvent.usage(StreamUsage(input: 6, output: 3))

  @Test func `what the assistant says is spoken, and the prompt is not`() {
    expect(
      .gemini,
      Self.begin + Self.delta("I lo") + Self.delta("ok")
        + lines(
          #"{"type":"tool_use","tool_name":"read_file","tool_id":"1","parameters":{}}"#,
          #"{"type":"tool_result","tool_id":"1","status":"success","output":"secret"}"#)
        + Self.delta("It rains.") + Self.end,
      says: [
        .text("I look"), .paragraph, .tool("read_file"), .text("It rains."), .paragraph, .end,
        Self.usage,
      ])
  }

  @Test func `messages without delta are whole`() {
    let message = lines(#"{"type":"message","role":"assistant","content":"One"}"#)
    expect(
      .gemini, Self.begin + message + message + Self.end,
      says: [.text("One"), .paragraph, .text("One"), .paragraph, .end, Self.usage])
  }

  @Test func `a warning is one, and an error ends the run`() {
    expect(
      .gemini,
      Self.begin + lines(#"{"type":"error","severity":"warning","message":"Loop detected"}"#)
        + Self.delta("Yes.") + Self.end,
      says: [.warning("Loop detected"), .text("Yes."), .paragraph, .end, Self.usage])
    expect(
      .gemini,
      Self.begin + Self.delta("And th")
        + lines(#"{"type":"error","severity":"error","message":"Maximum session turns exceeded"}"#),
      says: [
        .text("And th"), .failed(StreamFailure("Maximum session turns exceeded", mayPass: false)),
      ])
    expect(
      .gemini,
      Self.begin
        + lines(
          #"{"type":"result","status":"error","error":{"type":"FatalAuthenticationError","message":"No key"}}"#
        ), says: [.failed(StreamFailure("No key", mayPass: false))])
  }

  @Test func `without a result it was cut`() {
    expect(.gemini, Self.begin + Self.delta("And th"), says: [.text("And th"), .paragraph, .cut])
  }
}

@Suite struct OpenCodeTests {
  private static let begin = lines(
    #"{"type":"step_start","timestamp":1,"sessionID":"s","part":{"type":"step-start"}}"#)
  private static func text(_ text: String) -> String {
    lines(#"{"type":"text","part":{"type":"text","text":"\#(text)"}}"#)
  }
  private static func finish(_ reason: String) -> String {
    lines(
      #"{"type":"step_finish","part":{"reason":"\#(reason)","cost":0.5,"tokens":{"input":3,"output":2}}}"#
    )
  }

  @Test func `parts are paragraphs over all steps, whose usage is added`() {
    expect(
      .openCode,
      Self.begin
        + lines(#"{"type":"reasoning","part":{"type":"reasoning","text":"Hm."}}"#)
        + Self.text("I look")
        + lines(#"{"type":"tool_use","part":{"tool":"bash","state":{"output":"secret"}}}"#)
        + Self.finish("tool-calls") + Self.begin + Self.text("It rains.") + Self.finish("stop")
        + lines(#"{"type":"done"}"#),
      says: [
        .reasoning("Hm."), .text("I look"), .paragraph, .tool("bash"), .text("It rains."),
        .paragraph, .end, .usage(StreamUsage(input: 6, output: 4, cost: 1)),
      ])
  }

  @Test func `an error has a message, or a name`() {
    expect(
      .openCode,
      Self.begin + Self.text("And then")
        + lines(
          #"{"type":"error","error":{"name":"APIError","data":{"message":"Rate limited","statusCode":429}}}"#
        ),
      says: [
        .text("And then"), .paragraph, .failed(StreamFailure("Rate limited", mayPass: true)),
      ])
    expect(
      .openCode, lines(#"{"type":"error","error":{"name":"UnknownError"}}"#),
      says: [.failed(StreamFailure("UnknownError", mayPass: false))])
  }

  @Test func `a step that only called tools is no end`() {
    expect(
      .openCode, Self.begin + Self.text("And then") + Self.finish("tool-calls"),
      says: [
        .text("And then"), .paragraph, .usage(StreamUsage(input: 3, output: 2, cost: 0.5)), .cut,
      ])
  }
}

@Suite struct PiTests {
  private static let begin = lines(
    #"{"type":"session","version":3,"id":"s"}"#, #"{"type":"agent_start"}"#)
  private static func update(_ event: String) -> String {
    lines(
      #"{"type":"message_update","message":{"role":"assistant"},"assistantMessageEvent":\#(event)}"#
    )
  }
  private static func delta(_ text: String) -> String {
    update(#"{"type":"text_delta","contentIndex":0,"delta":"\#(text)"}"#)
  }
  private static func end(_ more: String) -> String {
    lines(#"{"type":"message_end","message":{"role":"assistant",\#(more)}}"#)
  }
  private static let agentEnd = lines(#"{"type":"agent_end","messages":[]}"#)
  private static let whole = end(
    #""stopReason":"stop","model":"m","usage":{"input":4,"output":1,"cost":{"total":0.25}}"#)
  private static let usage = StreamEvent.usage(
    StreamUsage(input: 4, output: 1, cost: 0.25, model: "m"))

  @Test func `text deltas are spoken`() {
    expect(
      .pi,
      Self.begin + Self.update(#"{"type":"thinking_delta","delta":"Hm."}"#) + Self.delta("I lo")
        + Self.delta("ok") + Self.update(#"{"type":"text_end","content":"I look"}"#)
        + Self.update(#"{"type":"toolcall_delta","delta":"{}"}"#)
        + lines(
          #"{"type":"tool_execution_start","toolCallId":"c","toolName":"bash","args":{}}"#,
          #"{"type":"tool_execution_end","toolCallId":"c","toolName":"bash","result":"secret"}"#,
          #"{"type":"message_end","message":{"role":"toolResult","content":[]}}"#)
        + Self.delta("It rains.") + Self.whole + Self.agentEnd,
      says: [
        .reasoning("Hm."), .text("I look"), .paragraph, .tool("bash"), .text("It rains."),
        .paragraph, .end, Self.usage,
      ])
  }

  @Test func `an error after which it is tried again is none`() {
    expect(
      .pi,
      Self.begin + Self.end(#""stopReason":"error","errorMessage":"529 overloaded""#)
        + Self.agentEnd
        + lines(#"{"type":"auto_retry_start","attempt":1,"maxAttempts":3}"#)
        + Self.delta("Yes.") + Self.whole
        + lines(#"{"type":"auto_retry_end","success":true,"attempt":1}"#) + Self.agentEnd,
      says: [.text("Yes."), .paragraph, .end, Self.usage])
  }

  @Test func `an error after which it is not is one`() {
    expect(
      .pi,
      Self.begin + Self.delta("And th")
        + Self.end(#""stopReason":"error","errorMessage":"invalid key 401""#) + Self.agentEnd,
      says: [
        .text("And th"), .paragraph, .failed(StreamFailure("invalid key 401", mayPass: false)),
      ])
    expect(
      .pi,
      Self.begin + Self.end(#""stopReason":"error","errorMessage":"529 overloaded""#)
        + Self.agentEnd + lines(#"{"type":"auto_retry_start","attempt":1}"#)
        + lines(#"{"type":"auto_retry_end","success":false,"finalError":"529 still overloaded"}"#),
      says: [.failed(StreamFailure("529 still overloaded", mayPass: true))])
  }

  @Test func `without the agent's end it was cut`() {
    expect(.pi, Self.begin + Self.delta("And th"), says: [.text("And th"), .paragraph, .cut])
  }
}

@Suite struct CopilotTests {
  private static let begin = lines(#"{"type":"session.start","data":{"sessionId":"s"}}"#)
  private static func delta(_ text: String, id: String = "m1") -> String {
    lines(
      #"{"type":"assistant.message_delta","data":{"messageId":"\#(id)","deltaContent":"\#(text)"}}"#
    )
  }
  private static func whole(_ text: String, id: String = "m1") -> String {
    lines(#"{"type":"assistant.message","data":{"messageId":"\#(id)","content":"\#(text)"}}"#)
  }

  @Test func `a message is spoken once, as deltas or whole`() {
    expect(
      .copilot,
      Self.begin
        + lines(
          #"{"type":"assistant.reasoning_delta","data":{"reasoningId":"r","deltaContent":"Hm."}}"#,
          #"{"type":"assistant.reasoning","data":{"reasoningId":"r","content":"Hm."}}"#)
        + Self.delta("I lo") + Self.delta("ok") + Self.whole("I look")
        + lines(#"{"type":"tool.execution_start","data":{"toolName":"bash","arguments":{}}}"#)
        + Self.whole("It rains.", id: "m2") + lines(#"{"type":"result","exitCode":0}"#),
      says: [
        .reasoning("Hm."), .text("I look"), .paragraph, .tool("bash"), .text("It rains."),
        .paragraph, .end,
      ])
  }

  @Test func `a subagent is not spoken`() {
    expect(
      .copilot,
      Self.begin
        + lines(
          #"{"type":"assistant.message","agentId":"a","data":{"messageId":"x","content":"Secret"}}"#,
          #"{"type":"assistant.message_delta","data":{"messageId":"y","parentToolCallId":"t","deltaContent":"Secret"}}"#
        ) + Self.whole("Yes."),
      says: [.text("Yes."), .paragraph, .end])
  }

  @Test func `the end of the input is the end, and an error is one`() {
    expect(.copilot, Self.begin + Self.delta("Yes."), says: [.text("Yes."), .paragraph, .end])
    expect(
      .copilot,
      Self.begin
        + lines(
          #"{"type":"session.error","data":{"errorType":"authentication","message":"Log in"}}"#,
          #"{"type":"result","exitCode":1}"#),
      says: [.failed(StreamFailure("Log in", mayPass: false))])
    expect(
      .copilot, Self.begin + lines(#"{"type":"result","exitCode":3}"#),
      says: [.failed(StreamFailure("copilot ended with 3", mayPass: false))])
  }
}

@Suite struct HookTests {
  @Test(arguments: [
    (
      #"{"session_id":"s","hook_event_name":"Stop","last_assistant_message":"Done.\nBye"}"#,
      "Done.\nBye"
    ),
    (#"{"hook_event_name":"Notification","message":"May I?","title":"Permission"}"#, "May I?"),
    (#"{"hook_event_name":"Notification","title":"Permission"}"#, "Permission"),
    (
      #"{"hook_event_name":"MessageDisplay","delta":"A line\n","index":0,"final":false}"#,
      "A line\n"
    ),
    (#"{"type":"agent-turn-complete","last-assistant-message":"Done."}"#, "Done."),
    (#"{"type":"agent-turn-complete","last-assistant-message":null}"#, ""),
    (#"{"hook_event_name":"SubagentStop","last_assistant_message":"Secret"}"#, ""),
    (#"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#, ""),
  ])
  func `what is meant for people is spoken`(object: String, text: String) {
    let expected: [StreamEvent] = text.isEmpty ? [.end] : [.text(text), .paragraph, .end]
    expect(.hook, object, says: expected)
    expect(.hook, object.replacing(",\"", with: ",\n  \"") + "\n", says: expected)
  }

  @Test func `calls that follow one another are read one by one`() {
    let call = #"{"hook_event_name":"MessageDisplay","delta":"A line\n"}"#
    expect(
      .hook, lines(call, call),
      says: [.text("A line\n"), .paragraph, .end, .text("A line\n"), .paragraph, .end])
  }
}
