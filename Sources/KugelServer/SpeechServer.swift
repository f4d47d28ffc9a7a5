import KugelEngine
import KugelServiceCore
import KugelTransport
import KugelWire

/// `kugel serve`: the KugelAudio service on a port of this machine, spoken by a local engine.
package final class SpeechServer: Sendable {
  private let hub: ConnectionHub
  private let listener: Listener
  private let scheme: String
  private let path: String?

  /// Connections are accepted when it returns.
  ///
  /// - Parameters:
  ///   - report: takes a line for each event, without keys; called on several threads.
  ///   - advise: takes what is to be said of clients, where the options want it.
  package init(
    _ options: ServeOptions, engine: any SpeechEngine,
    report: @escaping @Sendable (String) -> Void = { _ in },
    advise: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ServeError) {
    guard options.keys != nil || options.listen.isLoopback else {
      throw .needsKeys(address: "\(options.listen)")
    }
    let context = try ServerContext(
      options: options, engine: engine, report: report, advise: advise)
    let hub = ConnectionHub(context)
    self.hub = hub
    scheme = options.tls == nil ? "http" : "https"
    path = options.socketPath
    do {
      listener = try Listener(
        Self.listenerOptions(options), on: context.loop,
        upgrade: { hub.decide($0) }, screen: { hub.screen($0) },
        request: { hub.answer($0, $1) })
    } catch {
      context.stop()
      throw ServeError(error, listen: options.listen, path: options.socketPath)
    }
  }

  /// Such as `http://127.0.0.1:8000`, or `unix:` and a path.
  package var address: String {
    path.map { "unix:" + $0 }
      ?? "\(scheme)://\(ListenAddress(host: listener.address, port: listener.port))"
  }

  package var port: UInt16 { listener.port }

  /// Takes no more connections, lets turns under way end, then ends every connection. Health is
  /// still told. May be called from any thread.
  package func drain() {
    let (hub, context) = (hub, hub.context)
    guard !context.draining else { return }
    context.draining = true
    context.log("draining")
    context.loop.post { hub.drain() }
    let end = ContinuousClock.now + context.options.drainTimeout
    context.loop.schedule(at: end) { hub.cutOff() }
  }

  /// Ends everything now.
  package func stop() { hub.giveUpWaiting() }

  /// Returns when a drain, or `stop`, has ended everything.
  package func waitUntilEnded() {
    hub.waitUntilEnded()
    listener.close()
    hub.context.stop()
  }

  private static func listenerOptions(_ options: ServeOptions) -> ListenerOptions {
    var listening = ListenerOptions()
    listening.address = options.listen.host
    listening.port = options.listen.port
    listening.path = options.socketPath
    listening.passed = options.passed
    listening.certificate = options.tls.map { .init(chain: $0.certificate, key: $0.key) }
    listening.maximumMessage = options.maximumMessage
    listening.maximumBody = options.maximumMessage
    listening.maximumConnections = options.maximumConnections
    listening.maximumPerAddress = options.maximumPerAddress ?? ServeOptions.usualPerAddress
    listening.sparesLoopback = options.maximumPerAddress == nil
    // Above the speech that may wait for a client: one that listens slowly can still say stop.
    listening.unsentMark = (256 << 10) + Int(min(options.ahead, 3600) * 128_000)
    // What the system holds for a client counts as taken, so it should not be much.
    listening.sendBuffer = 128 * 1024
    listening.drainMark = 32 * 1024
    listening.refusal = { status, why in
      HTTPResponse(APIResponse(Self.refusal(status, why)), requestID: makeRequestID())
    }
    return listening
  }

  /// What a client is told by the listener itself.
  private static func refusal(_ status: Int, _ why: String) -> ServiceError {
    switch status {
    case 429: ServiceError(why, name: "RATE_LIMITED", code: status).retrying(after: 1)
    case 503: ServiceError(why, name: "MODEL_UNAVAILABLE", code: status).retrying(after: 1)
    default: ServiceError(why, name: "VALIDATION_ERROR", code: status)
    }
  }
}

extension ServeError {
  init(_ error: ListenError, listen: ListenAddress, path: String? = nil) {
    let address = path ?? "\(listen)"
    switch error {
    case .noSuchAddress:
      self = .listening(address: address, cause: "this machine has no such address")
    case .addressInUse where path != nil:
      self = .listening(
        address: address, cause: "another process listens there, or it is no socket")
    case .addressInUse: self = .listening(address: address, cause: "the port is in use")
    case .notPermitted:
      self = .listening(
        address: address,
        cause: path == nil ? "the port is not permitted" : "the place is not permitted")
    case .system(let cause): self = .listening(address: address, cause: cause)
    case .tls(let cause): self = .tls(cause: cause)
    case .stopped: self = .listening(address: address, cause: "the server has stopped")
    }
  }
}
