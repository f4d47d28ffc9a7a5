import KugelClient
import KugelConnections
import KugelReading
import KugelSession
import KugelSystem
import KugelWire

/// A service elsewhere that speaks; the connection is begun as soon as it is known where to.
package struct RemoteSource: SpeechSource {
  /// Texts up to here go as one request. A longer one goes to the endpoint of growing texts, which
  /// tells the sentences it has come to: a lost connection goes on there.
  package static let longestRequest = 2000

  package let door: ServiceDoor
  private let remote: any SpeechConnection
  package let policy: SessionPolicy

  /// - Parameter news: brings the connection's news to the run's thread.
  package init(
    _ request: SpeechRequest, in host: Host, news: @escaping @Sendable (ConnectionNews) -> Void
  ) throws(UserError) {
    var wanted = request.service ?? ServiceRequest()
    let endpoint = Self.endpoint(for: request)
    let way = wanted.kind.way(for: request.settings, at: endpoint)
    wanted.kind = way.kind
    wanted.credential = request.settings.hints.credential
    let remark = { @Sendable (reason: String) in
      if request.verbosity != .quiet { host.tell("kugel: \(reason)") }
    }
    if let reason = way.reason?.sentence { remark(reason) }
    door = try ServiceDoor(wanted, host: host)
    policy = wanted.policy
    var service = door.service
    service.remark = remark
    if way.reason == .wholeText { service.otherwise = request.service?.kind }
    // The session's own time-out is the one that counts.
    service.patience =
      (wanted.policy.connectTimeout ?? Duration.seconds(3600)) + Duration.seconds(1)
    service.isPatient = request.style == nil && !request.run.isFollowed
    var trace: (@Sendable (WireLine) -> Void)?
    if request.verbosity == .wire { trace = { host.tell($0.text) } }
    remote = service.connection(
      endpoint, settings: request.settings, defaultRate: request.settings.delivery.rate,
      trace: trace, news: news)
    if !door.service.capabilities.hasSettingsInAddress { remote.prepare(for: nil) }
  }

  package static func endpoint(for request: SpeechRequest) -> Endpoint {
    guard request.engine.service?.capabilities.takesRequests == true,
      case .words(let text) = request.source,
      text.unicodeScalars.count <= longestRequest
    else { return .stream }
    return .tts
  }

  package var description: String {
    "\(door.service.capabilities.name) at \(door.service.address)"
  }

  package var hostName: String? { door.service.address.authority }

  package func connection() -> any SpeechConnection { remote }

  package func settings(for request: SpeechRequest) throws -> TurnSettings {
    var settings = try door.settings(for: request)
    // A request tells nothing of the sentences it has come to; words show where to go on.
    if policy.onDrop == .resume, Self.endpoint(for: request) == .tts, settings.wordTimestamps == nil
    {
      settings.wordTimestamps = true
    }
    // Pauses are breaks in the text, which not every service looks for.
    if !request.text.pauses.isEmpty,
      case .named(_, when: let key) = door.service.capabilities.markup, settings[key] == nil
    {
      settings[key] = .flag(true)
    }
    // The voice is in the socket's address; with it the connection can be begun.
    remote.prepare(for: settings)
    return settings
  }

  package func target(for request: SpeechRequest) -> TextTarget {
    Self.target(of: door.service.capabilities, for: request.language)
  }

  /// - Parameter language: nil where it is the voice's.
  package static func target(
    of service: ServiceCapabilities, for language: String?
  ) -> TextTarget { TextTarget(language: language, takesIPA: service.markup == .all) }

  package func explain(_ failure: SessionFailure) -> any Error { door.explain(failure) }
}
