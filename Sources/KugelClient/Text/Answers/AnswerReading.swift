import KugelStreams

/// How an input is read that a language model or an agent may have written.
package struct AnswerReading: Equatable, Sendable {
  /// What is copied on.
  package enum Copy: Equatable, Sendable {
    case nothing
    /// The bytes of the input, as they come; see `isShown`.
    case bytes
    /// The answer, with or without what the model thinks.
    case answer(withReasoning: Bool)
  }

  package var format: StreamFormat
  /// Whether the names of tools are said.
  package var announcesTools = false
  package var speaksReasoning = false
  package var copy = Copy.nothing
  /// Whether what is copied is shown by a terminal, and nothing of it may steer that.
  package var isShown = false
  /// Whether what the model thinks is shown dim.
  package var dims = false

  package init(_ format: StreamFormat) { self.format = format }

  /// Text, copied as it comes.
  package static var text: AnswerReading {
    var reading = AnswerReading(.text)
    reading.copy = .bytes
    return reading
  }
}
