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

  /// Has the engine's voices ready, and speaks in place of this process.
  private let warm: WarmService.Door?
  private let limits: Timeouts
  private let sharesEngine: Bool
  private let longestPiece: Double

  /// - Parameters:
  ///   - warm: has the engine's voices ready, and speaks in place of this process.
  ///   - limits: to an engine that is somebody else's program.
  ///   - sharesEngine: others speak with it too, and may go on when this one has ended.
  ///   - longestPiece: seconds that come at once at most.
  package init(
    engine: LocalEngine, warm: WarmService.Door? = nil, limits: Timeouts = Timeouts(),
    sharesEngine: Bool = false, longestPiece: Double = 1,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    self.engine = engine
    self.warm = warm
    self.limits = limits
    self.sharesEngine = sharesEngine
    self.longestPiece = longestPiece
    self.news = news
    if warm == nil { engine.expectVoice() }
  }

  package var description: String {
    engine.description + (warm.map { ", kept ready at \($0.path)," } ?? "")
  }
  package var hostName: String? { nil }
  package var policy: SessionPolicy {
    var policy = warm == nil ? SessionPolicy.inThisProcess : WarmService.policy
    limits.apply(to: &policy)
    return policy
  }

  package func settings(for request: SpeechRequest) -> TurnSettings {
    engine.settings(for: request)
  }

  package func target(for request: SpeechRequest) -> TextTarget {
    TextTarget(language: engine.language, takesIPA: request.engine.reading.takesIPA)
  }

  package func connection() throws -> any SpeechConnection {
    guard let warm else { return try localConnection() }
    return StandbyConnection(
      warm.service.connection(news: news), patience: WarmService.patience, remark: warm.remark
    ) {
      engine.expectVoice()
      return try localConnection()
    }
  }

  private func localConnection() throws -> LocalConnection {
    // A session takes pieces of any size.
    let connection = LocalConnection(
      profile: .sole(of: engine.engine),
      worker: try SynthesisWorker(engine: engine.engine, longestPiece: longestPiece), news: news)
    connection.sharesEngine = sharesEngine
    return connection
  }

  package func explain(_ failure: SessionFailure) -> any Error {
    if let path = warm?.path {
      var error = UserError(telling: failure)
      error.hint =
        "That is kugel serve at \(path), which keeps voices ready: start it anew, or end it."
      return error
    }
    guard case .service(let failure) = failure else { return failure }
    return SessionFailure.service(failure.told(by: engine.engine.name))
  }
}
