import KugelText
import KugelWire

/// One text chunk on its way to an engine.
package struct SynthesisJob: Equatable, Sendable {
  /// Counts from 0 over the life of a connection, so that late answers can be told apart.
  package let id: Int
  package let chunk: Int
  /// Its text is the chunk as clients know it, and what offsets of words refer to.
  package let utterance: Utterance
  /// What is said of it; its source is the chunk.
  package let spoken: SourcedText
  package let breaks: BreakLengths
  /// Hz of the samples that are asked for.
  package let rate: Int
  /// How the audio is to travel.
  package let encoding: AudioEncoding
  /// The multi-context endpoint's context.
  package var context: String?
  /// Of the turn; for who speaks by more than the utterance says.
  @Boxed package var settings: TurnSettings

  /// - Parameter spoken: nil says the chunk as it is.
  package init(
    id: Int, chunk: Int, utterance: Utterance, spoken: SourcedText? = nil,
    breaks: BreakLengths = .snapped, rate: Int, encoding: AudioEncoding = .pcm16,
    context: String? = nil, settings: TurnSettings = TurnSettings()
  ) {
    self.id = id
    self.chunk = chunk
    self.utterance = utterance
    self.spoken = spoken ?? SourcedText(utterance.text)
    self.breaks = breaks
    self.rate = rate
    self.encoding = encoding
    self.context = context
    _settings = Boxed(wrappedValue: settings)
  }
}
