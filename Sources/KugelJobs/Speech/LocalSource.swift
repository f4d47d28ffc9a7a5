import KugelClient
import KugelReading
import KugelService
import KugelServiceCore
import KugelSession
import KugelWire

/// An engine in this process that speaks.
struct LocalSource: SpeechSource {
  let engine: LocalEngine
  /// Brings the engine's news to the run's thread.
  let news: @Sendable (ConnectionNews) -> Void

  var description: String { engine.description }
  var hostName: String? { nil }
  var policy: SessionPolicy { .inThisProcess }

  func settings(for request: SpeechRequest) -> TurnSettings { engine.settings(for: request) }

  func target(for request: SpeechRequest) -> TextTarget {
    TextTarget(language: engine.language, takesIPA: request.engine.reading.takesIPA)
  }

  func connection() throws -> any SpeechConnection {
    // A session takes pieces of any size.
    LocalConnection(
      profile: .sole(of: engine.engine),
      worker: try SynthesisWorker(engine: engine.engine, longestPiece: 1), news: news)
  }

  func explain(_ failure: SessionFailure) -> any Error { failure }
}
