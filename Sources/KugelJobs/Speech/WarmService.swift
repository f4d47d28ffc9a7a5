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

  /// The one that can speak a request as this process would; nil where there is none.
  ///
  /// What is said to the engine itself, or a voice's file, is for this process.
  static func find(for request: SpeechRequest, in host: Host) -> RemoteService? {
    guard !request.takesTurns, !request.flows, request.engineOptions.isEmpty,
      request.engine.entry?.capabilities.startsSlowly ?? false,
      !(request.voice.map { "\($0)".contains(".onnx") } ?? false),
      let path = path(of: request.engine, in: host), FloorPeers.isListening(at: path),
      let address = try? EndpointAddress(url: "http://localhost")
    else { return nil }
    var service = RemoteService(address: address, agent: "kugel/\(Release.version)")
    service.socketPath = path
    // systemd may be about to start it.
    service.patience = .seconds(30)
    return service
  }

  static var policy: SessionPolicy {
    var policy = SessionPolicy.inThisProcess
    policy.connectTimeout = .seconds(30)
    policy.retries = 0
    return policy
  }
}
