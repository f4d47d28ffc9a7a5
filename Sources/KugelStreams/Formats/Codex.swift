/// NDJSON of `codex exec --json`.
///
/// Source: stream notes, row `codex`.
struct CodexDecoder: AnswerDecoder {
  /// What a line `error` said; a reconnect writes one, and the turn may complete after it.
  private var error: String?
  private var tools = SeenNames()

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("type") {
    case "turn.started": answer.reopen()
    case "item.started": tool(object.object("item"), into: &answer)
    case "item.completed": take(item: object.object("item"), into: &answer)
    case "turn.completed":
      error = nil
      let usage = object.object("usage")
      answer.usage(
        StreamUsage(input: usage?.count("input_tokens"), output: usage?.count("output_tokens")))
      answer.end()
    case "turn.failed":
      let message = object.object("error")?.text("message") ?? error ?? "the turn failed"
      answer.failed(StreamFailure(message, inAnswer: answer.hasText))
    case "error": error = object.text("message") ?? error
    default: break
    }
  }

  mutating func finish(into answer: inout AnswerWriter) {
    guard let error, !answer.isWhole else { return }
    answer.failed(StreamFailure(error, inAnswer: answer.hasText))
  }

  private mutating func take(item: StreamObject?, into answer: inout AnswerWriter) {
    switch item?.text("type") {
    case "agent_message": answer.paragraph(item?.text("text"))
    case "reasoning":
      answer.reasoning(item?.text("text"))
      answer.thoughtEnds()
    case "error": if let message = item?.text("message") { answer.warning(message) }
    default: tool(item, into: &answer)
    }
  }

  /// Some tools are told of when they begin and when they end, some only then.
  private mutating func tool(_ item: StreamObject?, into answer: inout AnswerWriter) {
    guard let item, let type = item.text("type"),
      ["command_execution", "file_change", "mcp_tool_call", "web_search"].contains(type),
      !tools.contains(item.text("id"))
    else { return }
    if let id = item.text("id") { tools.insert(id) }
    answer.tool(type == "mcp_tool_call" ? item.text("tool") ?? type : type)
  }
}
