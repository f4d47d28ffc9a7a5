/// NDJSON of `gemini -p --output-format stream-json`.
///
/// Source: stream notes, row `gemini`.
struct GeminiDecoder: AnswerDecoder {
  private var error: String?

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("type") {
    case "message":
      // The user's repeats the prompt.
      guard object.text("role") == "assistant" else {
        answer.paragraph()
        break
      }
      if object.isTrue("delta") {
        answer.text(object.text("content"))
      } else {
        answer.paragraph(object.text("content"))
      }
    case "tool_use": answer.tool(object.text("tool_name") ?? object.text("name"))
    case "tool_result": answer.paragraph()
    case "error":
      guard let message = object.text("message") else { break }
      if object.text("severity") == "warning" {
        answer.warning(message)
      } else {
        error = message
      }
    case "result":
      let stats = object.object("stats")
      answer.usage(
        StreamUsage(input: stats?.count("input_tokens"), output: stats?.count("output_tokens")))
      if object.text("status") == "error" {
        let failure =
          object.has("error") ? StreamFailure(in: object, inAnswer: answer.hasText) : nil
        answer.failed(
          failure ?? StreamFailure(error ?? "the run failed", inAnswer: answer.hasText))
      } else if let error {
        answer.failed(StreamFailure(error, inAnswer: answer.hasText))
      } else {
        answer.end()
      }
    default: break
    }
  }

  mutating func finish(into answer: inout AnswerWriter) {
    guard let error, !answer.isWhole else { return }
    answer.failed(StreamFailure(error, inAnswer: answer.hasText))
  }
}
