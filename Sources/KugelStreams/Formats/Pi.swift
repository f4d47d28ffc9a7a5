/// NDJSON of `pi --mode json`.
///
/// Source: stream notes, row `pi`.
struct PiDecoder: AnswerDecoder {
  /// What failed, unless it is tried again, which is told after the end of the failed try.
  private var error: String?
  private var usage = StreamUsage()

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("type") {
    case "message_update":
      guard let event = object.object("assistantMessageEvent") else { break }
      switch event.text("type") {
      case "text_delta": answer.text(event.text("delta"))
      case "text_end": answer.paragraph()
      case "thinking_delta": answer.reasoning(event.text("delta"))
      case "thinking_end": answer.thoughtEnds()
      default: break
      }
    case "message_end": end(message: object.object("message"), into: &answer)
    case "tool_execution_start": answer.tool(object.text("toolName"))
    case "agent_end":
      guard error == nil else { break }
      answer.end()
      usage = StreamUsage()
    case "auto_retry_start":
      error = nil
      answer.reopen()
    case "auto_retry_end":
      guard object.has("success"), !object.isTrue("success") else { break }
      error = nil
      answer.failed(
        StreamFailure(object.text("finalError") ?? "the run failed", inAnswer: answer.hasText))
    default: break
    }
  }

  mutating func finish(into answer: inout AnswerWriter) {
    guard let error else { return }
    answer.failed(StreamFailure(error, inAnswer: answer.hasText))
  }

  private mutating func end(message: StreamObject?, into answer: inout AnswerWriter) {
    guard let message, message.text("role") ?? "assistant" == "assistant" else { return }
    answer.paragraph()
    let tokens = message.object("usage")
    usage.add(
      StreamUsage(
        input: tokens?.count("input"), output: tokens?.count("output"),
        cost: tokens?.object("cost")?.number("total"), model: message.text("model")))
    answer.usage(usage)
    let reason = message.text("stopReason")
    guard reason == "error" || reason == "aborted" else {
      answer.stopped(reason)
      error = nil
      return
    }
    error = message.text("errorMessage") ?? "the model's answer failed (\(reason ?? ""))"
  }
}
