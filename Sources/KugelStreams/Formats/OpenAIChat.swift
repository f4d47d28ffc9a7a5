/// Server-sent events of OpenAI's chat completions, and of the many servers that speak alike.
///
/// Source: stream notes, row `openai-chat`.
struct OpenAIChatDecoder: AnswerDecoder {
  /// Calls whose name was told: some servers repeat it with every piece of the arguments.
  private var calls: Set<Int> = []

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    if object.has("error"),
      let failure = StreamFailure(in: object, inAnswer: answer.hasText)
    {
      answer.failed(failure)
    }
    if let usage = object.object("usage") {
      answer.usage(
        StreamUsage(
          input: usage.count("prompt_tokens"), output: usage.count("completion_tokens"),
          cost: usage.number("cost"), model: object.text("model")))
    }
    for choice in object.objects("choices") where choice.count("index") ?? 0 == 0 {
      if let delta = choice.object("delta") { take(delta: delta, into: &answer) }
      guard let reason = choice.text("finish_reason") else { continue }
      answer.stopped(reason)
      answer.end()
      calls = []
    }
  }

  mutating func done(into answer: inout AnswerWriter) { answer.end() }

  private mutating func take(delta: StreamObject, into answer: inout AnswerWriter) {
    // Some servers write both names, with the same text.
    answer.reasoning(delta.text("reasoning_content") ?? delta.text("reasoning"))
    answer.text(delta.text("content"))
    answer.text(delta.text("refusal"))
    for call in delta.objects("tool_calls") {
      guard let name = call.object("function")?.text("name"),
        calls.insert(call.count("index") ?? 0).inserted
      else { continue }
      answer.tool(name)
    }
  }
}
