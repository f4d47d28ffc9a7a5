/// NDJSON of `claude -p --output-format stream-json`, and of agents that write the same.
///
/// Source: stream notes, row `claude` and traps.
struct ClaudeDecoder: AnswerDecoder {
  private var partial = AnthropicDecoder(isWhole: false)
  /// Messages that came as deltas, and come again whole.
  private var told = SeenNames()

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    // A subagent's.
    guard !object.has("parent_tool_use_id") else { return }
    switch object.text("type") {
    case "stream_event":
      guard let event = object.object("event") else { break }
      partial.take(event, into: &answer)
      if event.text("type") == "content_block_delta", let id = partial.messageID {
        told.insert(id)
      }
    case "assistant":
      guard let message = object.object("message"), !told.contains(message.text("id")) else {
        break
      }
      for block in message.objects("content") { take(block: block, into: &answer) }
    case "result": end(object, into: &answer)
    default: break
    }
  }

  private func take(block: StreamObject, into answer: inout AnswerWriter) {
    switch block.text("type") {
    case "text": answer.paragraph(block.text("text"))
    case "thinking":
      answer.reasoning(block.text("thinking"))
      answer.thoughtEnds()
    case "tool_use", "server_tool_use", "mcp_tool_use": answer.tool(block.text("name"))
    default: break
    }
  }

  private func end(_ result: StreamObject, into answer: inout AnswerWriter) {
    let usage = result.object("usage")
    answer.usage(
      StreamUsage(
        input: usage.flatMap(AnthropicDecoder.input), output: usage?.count("output_tokens"),
        cost: result.number("total_cost_usd")))
    guard result.isTrue("is_error") else {
      answer.end()
      return
    }
    let errors = result.texts("errors").joined(separator: "; ")
    let message =
      errors.isEmpty ? result.text("result") ?? result.text("subtype") ?? "the run failed" : errors
    answer.failed(StreamFailure(message, inAnswer: answer.hasText))
  }
}
