/// An error in place of an answer, as a service sends it that refuses a request.
///
/// Source: stream notes, "How `auto` tells them apart".
struct ErrorBodyDecoder: AnswerDecoder {
  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    answer.failed(
      StreamFailure(in: object, inAnswer: false)
        ?? StreamFailure("the service tells of an error", mayPass: false))
  }
}
