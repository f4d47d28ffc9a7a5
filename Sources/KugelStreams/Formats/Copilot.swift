/// NDJSON of `copilot -p … --output-format json`.
///
/// Source: stream notes, row `copilot`.
struct CopilotDecoder: AnswerDecoder {
  /// Messages and thoughts that came as deltas, and come again whole.
  private var told = SeenNames()

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    let data = object.object("data")
    // A subagent's.
    if object.has("agentId") || data?.has("parentToolCallId") == true { return }
    switch object.text("type") {
    case "assistant.message_delta":
      if let id = data?.text("messageId") { told.insert(id) }
      answer.text(data?.text("deltaContent"))
    case "assistant.message":
      if told.contains(data?.text("messageId")) {
        answer.paragraph()
      } else {
        answer.paragraph(data?.text("content"))
      }
    case "assistant.reasoning_delta":
      if let id = data?.text("reasoningId") { told.insert("reasoning " + id) }
      answer.reasoning(data?.text("deltaContent"))
    case "assistant.reasoning":
      if !told.contains(data?.text("reasoningId").map { "reasoning " + $0 }) {
        answer.reasoning(data?.text("content"))
      }
      answer.thoughtEnds()
    case "tool.execution_start": answer.tool(data?.text("toolName"))
    case "session.error":
      answer.failed(
        StreamFailure(
          data?.text("message") ?? "the session failed",
          kinds: [data?.text("errorType")].compactMap(\.self), status: data?.count("statusCode"),
          inAnswer: answer.hasText))
    case "result":
      if let code = object.count("exitCode") ?? data?.count("exitCode"), code != 0 {
        answer.failed(StreamFailure("copilot ended with \(code)", inAnswer: answer.hasText))
      } else {
        answer.end()
      }
    default: break
    }
  }

  /// The end of the input is the end of the answer.
  mutating func finish(into answer: inout AnswerWriter) {
    if !answer.hasFailed { answer.end() }
  }
}
