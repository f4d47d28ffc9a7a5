/// Server-sent events of llama.cpp's own `/completion`.
///
/// Source: stream notes, row `llamacpp`.
struct LlamaCPPDecoder: AnswerDecoder {
  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    if object.has("error"),
      let failure = StreamFailure(in: object, inAnswer: answer.hasText)
    {
      answer.failed(failure)
      return
    }
    answer.text(object.text("content"))
    guard object.isTrue("stop") else { return }
    answer.usage(
      StreamUsage(
        input: object.count("tokens_evaluated"), output: object.count("tokens_predicted"),
        model: object.text("model")))
    answer.stopped(object.text("stop_type"))
    answer.end()
  }
}
