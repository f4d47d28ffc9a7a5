/// NDJSON of Ollama's `/api/chat` and `/api/generate`.
///
/// Source: stream notes, row `ollama`.
struct OllamaDecoder: AnswerDecoder {
  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    if object.has("error"),
      let failure = StreamFailure(in: object, inAnswer: answer.hasText)
    {
      answer.failed(failure)
      return
    }
    let message = object.object("message")
    answer.reasoning(message?.text("thinking") ?? object.text("thinking"))
    answer.text(message?.text("content") ?? object.text("response"))
    for call in message?.objects("tool_calls") ?? [] {
      answer.tool(call.object("function")?.text("name"))
    }
    guard object.isTrue("done") else { return }
    answer.usage(
      StreamUsage(
        input: object.count("prompt_eval_count"), output: object.count("eval_count"),
        model: object.text("model")))
    answer.stopped(object.text("done_reason"))
    answer.end()
  }
}
