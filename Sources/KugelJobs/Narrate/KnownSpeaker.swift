import KugelClient
import KugelSession
import KugelWire

/// Who speaks items, with what is known of how: asked once for each way to speak.
final class KnownSpeaker {
  private let speaker: any SpeechSource
  private let local: LocalEngine?
  private var known: [(speech: SpeechRequest, settings: TurnSettings)] = []

  /// - Parameter local: the engine in this process; nil when a service speaks.
  init(_ speaker: any SpeechSource, _ local: LocalEngine?) {
    self.speaker = speaker
    self.local = local
  }

  func settings(for speech: SpeechRequest) throws -> TurnSettings {
    if let found = known.first(where: { $0.speech == speech }) { return found.settings }
    let settings =
      if let local { try local.changed(for: speech).settings(for: speech) } else {
        try speaker.settings(for: speech)
      }
    // The last ones, as lists go on with the voice they had.
    if known.count > 16 { known.removeFirst() }
    known.append((speech, settings))
    return settings
  }

  func explain(_ failure: SessionFailure) -> UserError {
    UserError(telling: speaker.explain(failure))
  }
}
