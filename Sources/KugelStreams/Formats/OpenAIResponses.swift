/// Server-sent events of OpenAI's Responses API.
///
/// Source: stream notes, row `openai-responses`.
struct OpenAIResponsesDecoder: AnswerDecoder {
  /// The part of the answer whose text came last.
  private var part: String?

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("type") {
    case "response.output_text.delta", "response.refusal.delta":
      let part = "\(object.text("item_id") ?? "") \(object.count("content_index") ?? 0)"
      if self.part != part { answer.paragraph() }
      self.part = part
      answer.text(object.text("delta"))
    case "response.output_text.done", "response.refusal.done": answer.paragraph()
    case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
      answer.reasoning(object.text("delta"))
    case "response.reasoning_text.done", "response.reasoning_summary_text.done":
      answer.thoughtEnds()
    case "response.output_item.added":
      guard let item = object.object("item"), let type = item.text("type"),
        type.hasSuffix("_call")
      else { break }
      answer.tool(item.text("name") ?? String(type.dropLast("_call".count)))
    case "response.completed": end(object, into: &answer)
    case "response.incomplete":
      let details = object.object("response")?.object("incomplete_details")
      let reason = details?.text("reason")
      if let reason, StopReason.warning(reason) != nil {
        answer.stopped(reason)
      } else {
        answer.warning("the answer is not whole" + (reason.map { " (\($0))" } ?? ""))
      }
      end(object, into: &answer)
    case "response.failed":
      let error = object.object("response") ?? object
      answer.failed(
        StreamFailure(in: error, inAnswer: answer.hasText)
          ?? StreamFailure("the response failed", mayPass: true))
    case "error":
      answer.failed(
        StreamFailure(in: object, inAnswer: answer.hasText)
          ?? StreamFailure("the service tells of an error", mayPass: true))
    case nil:
      if object.has("error"), let failure = StreamFailure(in: object, inAnswer: answer.hasText) {
        answer.failed(failure)
      }
    default: break
    }
  }

  private mutating func end(_ object: StreamObject, into answer: inout AnswerWriter) {
    let response = object.object("response")
    let usage = response?.object("usage")
    answer.usage(
      StreamUsage(
        input: usage?.count("input_tokens"), output: usage?.count("output_tokens"),
        model: response?.text("model")))
    answer.end()
    part = nil
  }
}
