/// Reads the objects of one format. Whatever it does not know is passed over: producers add kinds of events
/// all the time.
protocol AnswerDecoder: Sendable {
  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter)
  /// `data: [DONE]`, with which some server-sent streams end.
  mutating func done(into answer: inout AnswerWriter)
  /// The input has ended.
  mutating func finish(into answer: inout AnswerWriter)
}

extension AnswerDecoder {
  mutating func done(into answer: inout AnswerWriter) {}
  mutating func finish(into answer: inout AnswerWriter) {}
}
