import KugelClient
import KugelConnections
import KugelReading
import KugelService
import KugelServiceCore
import KugelSession
import KugelWire

/// An engine in this process that speaks.
package struct LocalSource: SpeechSource {
  let engine: LocalEngine
  /// Brings the engine's news to the run's thread.
  let news: @Sendable (ConnectionNews) -> Void

  private let sharesEngine: Bool
  private let longestPiece: Double

  /// - Parameters:
  ///   - sharesEngine: others speak with it too, and may go on when this one has ended.
  ///   - longestPiece: seconds that come at once at most.
  package init(
    engine: LocalEngine, sharesEngine: Bool = false, longestPiece: Double = 1,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    self.engine = engine
    self.sharesEngine = sharesEngine
    self.longestPiece = longestPiece
    self.news = news
    engine.expectVoice()
  }

  package var description: String { engine.description }
  package var hostName: String? { nil }
  package var policy: SessionPolicy { .inThisProcess }

  package func settings(for request: SpeechRequest) -> TurnSettings {
    engine.settings(for: request)
  }

  package func target(for request: SpeechRequest) -> TextTarget {
    TextTarget(language: engine.language, takesIPA: request.engine.reading.takesIPA)
  }

  package func connection() throws -> any SpeechConnection {
    // A session takes pieces of any size.
    let connection = LocalConnection(
      profile: .sole(of: engine.engine),
      worker: try SynthesisWorker(engine: engine.engine, longestPiece: longestPiece), news: news)
    connection.sharesEngine = sharesEngine
    return connection
  }

  package func explain(_ failure: SessionFailure) -> any Error {
    guard case .service(let failure) = failure else { return failure }
    return SessionFailure.service(failure.told(by: engine.engine.name))
  }
}
