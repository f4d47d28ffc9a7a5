import KugelText
import KugelWire

/// One text chunk on its way to an engine.
package struct SynthesisJob: Equatable, Sendable {
  /// Counts from 0 over the life of a connection, so that late answers can be told apart.
  package let id: Int
  package let chunk: Int
  package let utterance: Utterance
  /// Hz of the samples that are asked for.
  package let rate: Int
  /// How the audio is to travel.
  package let encoding: AudioEncoding
  /// The multi-context endpoint's context.
  package var context: String?
  /// Of the turn; for who speaks by more than the utterance says.
  @Boxed package var settings: TurnSettings

  package init(
    id: Int, chunk: Int, utterance: Utterance, rate: Int, encoding: AudioEncoding = .pcm16,
    context: String? = nil, settings: TurnSettings = TurnSettings()
  ) {
    self.id = id
    self.chunk = chunk
    self.utterance = utterance
    self.rate = rate
    self.encoding = encoding
    self.context = context
    _settings = Boxed(wrappedValue: settings)
  }
}
