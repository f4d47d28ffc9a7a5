import KugelClient
import KugelJobs
import KugelSession
import KugelWire

/// Who speaks items, with what is known of how: asked once for each way to speak.
final class KnownSpeaker {
  private let speaker: any SpeechSource
  private let local: LocalEngine?
  private struct Known {
    var speech: SpeechRequest
    var settings: TurnSettings
    var language: String?
  }

  private var known: [Known] = []

  /// - Parameter local: the engine in this process; nil when a service speaks.
  init(_ speaker: any SpeechSource, _ local: LocalEngine?) {
    self.speaker = speaker
    self.local = local
  }

  func settings(for speech: SpeechRequest) throws -> TurnSettings {
    try known(for: speech).settings
  }

  /// What is spoken; nil where that is not known.
  func language(of speech: SpeechRequest) throws -> String? { try known(for: speech).language }

  private func known(for speech: SpeechRequest) throws -> Known {
    if let found = known.first(where: { $0.speech == speech }) { return found }
    let found: Known
    if let local {
      let changed = try local.changed(for: speech)
      found = Known(
        speech: speech, settings: changed.settings(for: speech), language: changed.language)
    } else {
      found = Known(
        speech: speech, settings: try speaker.settings(for: speech), language: speech.language)
    }
    // The last ones, as lists go on with the voice they had.
    if known.count > 16 { known.removeFirst() }
    known.append(found)
    return found
  }

  func explain(_ failure: SessionFailure) -> UserError {
    UserError(telling: speaker.explain(failure))
  }
}
