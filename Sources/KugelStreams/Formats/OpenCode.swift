/// NDJSON of `opencode run --format json`.
///
/// Source: stream notes, row `opencode`.
struct OpenCodeDecoder: AnswerDecoder {
  /// Of all steps so far.
  private var usage = StreamUsage()

  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    let part = object.object("part")
    switch object.text("type") {
    case "text": answer.paragraph(part?.text("text"))
    case "reasoning":
      answer.reasoning(part?.text("text"))
      answer.thoughtEnds()
    case "tool_use": answer.tool(part?.text("tool"))
    case "step_finish":
      let tokens = part?.object("tokens")
      usage.add(
        StreamUsage(
          input: tokens?.count("input"), output: tokens?.count("output"), cost: part?.number("cost")
        ))
      answer.usage(usage)
      guard let reason = part?.text("reason"), reason != "tool-calls" else { break }
      answer.stopped(reason)
      answer.end()
      usage = StreamUsage()
    case "error":
      let error = object.object("error") ?? object
      let message = error.object("data")?.text("message") ?? error.text("name") ?? "the run failed"
      answer.failed(
        StreamFailure(
          message, kinds: [error.text("name")].compactMap(\.self),
          status: error.object("data")?.count("statusCode"), inAnswer: answer.hasText))
    default: break
    }
  }
}
