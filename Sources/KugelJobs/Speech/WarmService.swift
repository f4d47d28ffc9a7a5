import KugelConnections
import KugelEngine
import KugelFloor
import KugelSession
import KugelText
import KugelWire

/// `kugel serve --socket` of this user, which has voices ready that take long to load.
package enum WarmService {
  /// Where it listens when no other place is named; nil where this user has no place.
  package static func path(of engine: EngineName, in host: Host) -> String? {
    (try? RuntimeFolder.path(variable: host.variable)).map { "\($0)/\(engine.rawValue).socket" }
  }

  /// One that was found.
  package struct Door: Sendable {
    let service: RemoteService
    let path: String
    /// Takes why it does not speak after all.
    let remark: @Sendable (String) -> Void
  }

  /// The one that can speak a request as this process would; nil where there is none.
  ///
  /// What is said to the engine itself, or a voice's file, is for this process.
  static func find(for request: SpeechRequest, in host: Host) -> Door? {
    guard !request.takesTurns, !request.flows, request.engineOptions.isEmpty,
      request.engine.entry?.capabilities.startsSlowly ?? false,
      !(request.voice.map { "\($0)".contains(".onnx") } ?? false),
      let path = path(of: request.engine, in: host), FloorPeers.isListening(at: path),
      let address = try? EndpointAddress(url: "http://localhost")
    else { return nil }
    var service = RemoteService(address: address, agent: "kugel/\(Release.version)")
    service.socketPath = path
    let isQuiet = request.verbosity == .quiet
    return Door(service: service, path: path) { cause in
      if !isQuiet {
        host.tell(
          "kugel: kugel serve at \(path) does not speak: \(cause); the voice is loaded here")
      }
    }
  }

  /// For systemd to start it; a voice that is loaded here takes less.
  static let patience = Duration.seconds(2)

  static var policy: SessionPolicy {
    var policy = SessionPolicy.inThisProcess
    policy.connectTimeout = .seconds(30)
    policy.retries = 0
    return policy
  }
}
